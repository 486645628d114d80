import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import { ac, Bench2x, second, versions2x } from '../../../../../test/helpers/bench-2x.ts'
import { plug } from '../../../../../test/helpers/station-peer.ts'

const two = { evses: [ac, ac] }
const mixed = { evses: [ac, { ...ac, connectors: ['cCCS2', 'cType2'] }] }
const minute = 60_000

let bench: Bench2x
afterEach(() => expect(bench.findings).toEqual([]))

interface Order {
  readonly id?: number
  readonly holder?: string
  readonly group?: string
  readonly evseId?: number
  readonly connectorType?: string
  readonly minutes?: number
}

function order({ id = 7, holder = 'GUEST', group, minutes = 30, ...where }: Order) {
  return bench.call('ReserveNow', {
    id,
    idToken: { idToken: holder, type: 'ISO14443' },
    expiryDateTime: bench.inMinutes(minutes),
    ...(group !== undefined && { groupIdToken: { idToken: group, type: 'Central' } }),
    ...where,
  })
}

const reserve = async (more: Order = {}) => (await order({ evseId: 1, ...more }))['status']
const anywhere = async (more: Order = {}) => (await order(more))['status']
const cancel = async (reservationId = 7) =>
  (await bench.call('CancelReservation', { reservationId }))['status']
const updates = () =>
  bench
    .sent('ReservationStatusUpdate')
    .map(
      ({ reservationId, reservationUpdateStatus: status }) =>
        `${String(reservationId)} ${String(status)}`,
    )
const named = () => bench.sent('TransactionEvent').map(({ reservationId }) => reservationId)

describe.each(versions2x)('a reserved EVSE of a station of %s', (version) => {
  test('[2.0.1 H01.FR.23] all its connectors are Reserved, after the answer', async () => {
    bench = await Bench2x.open(version, mixed)
    expect(await reserve({ evseId: 2 })).toBe('Accepted')
    expect(bench.statuses()).toEqual(['2.1 Reserved', '2.2 Reserved'])
  })

  test('[2.0.1 H03.FR.09, FR.10, H01.FR.15] the holder presents his token and uses it up', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    expect(await bench.authorize('guest')).toMatchObject({ ok: true })
    expect(bench.statuses()).toEqual(['1.1 Reserved', '1.1 Available'])
    await bench.plugIn()
    expect(bench.statuses().at(-1)).toBe('1.1 Occupied')
    await bench.start()
    expect(named()[0]).toBe(7)
    expect(
      named()
        .slice(1)
        .every((id) => id === undefined),
    ).toBe(true)
    expect(bench.actor.variable('reservationId', plug)).toBe(7)
    expect(await cancel()).toBe('Rejected')
    expect(updates()).toEqual([])
  })

  test('[2.0.1 G01.FR.09, H03 S1] a cable alone changes nothing; the token does', async () => {
    bench = await Bench2x.open(version, { ...two, txStartPoint: ['EVConnected'] })
    await reserve()
    await bench.plugIn()
    expect(bench.statuses()).toEqual(['1.1 Reserved'])
    expect(bench.events()).toEqual(['Started CablePluggedIn'])
    await bench.authorize('GUEST')
    expect(bench.statuses()).toEqual(['1.1 Reserved', '1.1 Occupied'])
    expect(bench.events()[1]).toBe('Updated Authorized')
    expect(named()).toEqual([undefined, 7])
  })

  test('[2.0.1 H03] a stranger does not charge', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    expect(await bench.authorize('STRANGER')).toMatchObject({ ok: false, reason: /reserved/ })
    await bench.plugIn()
    expect(await bench.start()).toMatchObject({ ok: false })
    expect(bench.events()).toEqual([])
    expect(await bench.authorize('STRANGER', second)).toMatchObject({ ok: true })
  })

  test('[2.0.1 H03.FR.04, FR.08] one of the group may use it, as the CSMS tells', async () => {
    bench = await Bench2x.open(version, two)
    await reserve({ holder: 'MUM', group: 'FAMILY' })
    expect(await bench.authorize('STRANGER')).toMatchObject({ ok: false })
    expect(await bench.authorize('DAD')).toMatchObject({ ok: true })
    await bench.plugIn()
    await bench.start()
    expect(named()[0]).toBe(7)
  })

  test('[2.0.1 H03.FR.08] the group is known without a cache, too', async () => {
    bench = await Bench2x.open(version, two, { 'AuthCacheCtrlr.Enabled': 'false' })
    await reserve({ holder: 'MUM', group: 'FAMILY' })
    expect(await bench.authorize('DAD')).toMatchObject({ ok: true })
  })

  test('[2.0.1 H04] it expires: connectors first, then the reservation', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    await bench.clock.run(30 * minute - 1)
    expect(bench.statuses()).toEqual(['1.1 Reserved'])
    bench.forget()
    await bench.clock.run(1)
    expect(bench.actions()).toEqual(['StatusNotification', 'ReservationStatusUpdate'])
    expect(bench.statuses()).toEqual(['1.1 Available'])
    expect(updates()).toEqual(['7 Expired'])
    expect(await bench.authorize('STRANGER')).toMatchObject({ ok: true })
  })

  test('[2.0.1 H02.FR.02-FR.04] cancelled: Available again, and no update', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    expect(await cancel()).toBe('Accepted')
    expect(bench.statuses()).toEqual(['1.1 Reserved', '1.1 Available'])
    expect(updates()).toEqual([])
    expect(await cancel()).toBe('Rejected')
  })

  test('[2.0.1 H01.FR.02] the same id replaces', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    expect(await reserve({ evseId: 2, holder: 'OTHER' })).toBe('Accepted')
    expect(bench.statuses()).toEqual(['1.1 Reserved', '1.1 Available', '2.1 Reserved'])
    expect(await bench.authorize('OTHER', second)).toMatchObject({ ok: true })
  })

  test.each<[string, () => Promise<unknown>, string]>([
    ['with an EV plugged in', () => bench.plugIn(), 'Occupied'],
    ['with somebody authorised', () => bench.authorize('A'), 'Occupied'],
    ['that is reserved', () => reserve({ id: 6 }), 'Occupied'],
    ['with a fault', () => bench.fault('GroundFailure'), 'Faulted'],
    [
      'out of use',
      () => bench.call('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 1 } }),
      'Unavailable',
    ],
  ])('[2.0.1 H01.FR.11, FR.12, FR.14] one %s is not reserved', async (_what, make, status) => {
    bench = await Bench2x.open(version, two)
    await make()
    expect(await reserve()).toBe(status)
    expect(await cancel()).toBe('Rejected')
  })

  test('[2.0.1 H01.FR.16, FR.17] a fault, or an order of the CSMS, removes it', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    await reserve({ id: 8, evseId: 2 })
    await bench.fault('GroundFailure')
    expect(updates()).toEqual(['7 Removed'])
    await bench.call('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 2 } })
    expect(updates()).toEqual(['7 Removed', '8 Removed'])
    expect(bench.statuses()).toEqual([
      '1.1 Reserved',
      '2.1 Reserved',
      '1.1 Faulted',
      '2.1 Unavailable',
    ])
  })

  test('[2.0.1 H01.FR.01, FR.19] what is not taken at all is Rejected, with the reason', async () => {
    bench = await Bench2x.open(version, mixed)
    const rejected = (reasonCode: string) => ({ status: 'Rejected', statusInfo: { reasonCode } })
    expect(await order({ evseId: 3 })).toEqual(rejected('UnknownEvse'))
    expect(await order({ connectorType: 'cTesla' })).toEqual(rejected('UnknownConnectorType'))
    expect(await order({ connectorType: 'cCCS2', evseId: 1 })).toEqual(
      rejected('UnknownConnectorType'),
    )
    const over = { evseId: 1, expiryDateTime: bench.inMinutes(-1) }
    expect(await order(over)).toEqual(rejected('InvalidValue'))
    expect(bench.actions()).toEqual([])
    bench = await Bench2x.open(version, two, { 'ReservationCtrlr.NonEvseSpecific': 'false' })
    expect(await order({})).toEqual(rejected('MissingParam'))
    expect(await reserve()).toBe('Accepted')
    bench = await Bench2x.open(version, two, { 'ReservationCtrlr.Enabled': 'false' })
    expect(await order({ evseId: 1 })).toEqual(rejected('NotEnabled'))
  })

  test('[2.0.1 B11] it outlives a reboot, but not its time', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    bench.forget()
    await bench.call('Reset', { type: 'Immediate' })
    await bench.clock.run(10_000)
    expect(bench.statuses()).toEqual(['1.1 Reserved', '2.1 Available'])
    bench.station.powerLoss()
    await bench.clock.run(31 * minute)
    bench.forget()
    bench.station.powerUp()
    await bench.clock.run(0)
    expect(bench.statuses().at(-1)).toBe('1.1 Available')
    expect(updates()).toEqual(['7 Expired'])
  })

  test('[2.0.1 H04.FR.01] what expired offline is told after the reconnect', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    bench.cut()
    await bench.clock.run(31 * minute)
    expect(updates()).toEqual([])
    bench.reachable = true
    await bench.clock.run(10 * minute)
    expect(bench.statuses().at(-2)).toBe('1.1 Available')
    expect(updates()).toEqual(['7 Expired'])
  })

  test('no timer is left of a station that was stopped', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    bench.station.stop({ graceful: true })
    await bench.clock.run(31 * minute)
    expect(bench.station.memory.reservations?.size).toBe(1)
  })

  test('[2.1 H03.FR.11] used in vain: only 2.1 has a word for it', async () => {
    bench = await Bench2x.open(version, two, { 'TxCtrlr.EVConnectionTimeOut': '60' })
    await reserve()
    await bench.authorize('GUEST')
    await bench.clock.run(61_000)
    expect(updates()).toEqual(version === 'ocpp2.1' ? ['7 NoTransaction'] : [])
    await bench.plugIn()
    await bench.start()
    expect(named().every((id) => id === undefined)).toBe(true)
  })

  test('traffic draws starts where nothing is reserved for somebody else', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    for (let drawn = 0; drawn < 2; drawn += 1) {
      bench.station.issue({
        action: 'StartTransaction',
        payload: undefined,
        intendedMicros: 0,
        dueMicros: 0,
        done: () => undefined,
      })
      await bench.clock.run(1000)
    }
    expect(bench.events()).toEqual(['Started Authorized', 'Ended StopAuthorized Local'])
    expect(bench.sent('TransactionEvent')[0]).toMatchObject({ evse: { id: 2 } })
  })

  test('who charges already keeps what is reserved for him later', async () => {
    bench = await Bench2x.open(version, two)
    await bench.authorize('GUEST')
    await bench.plugIn()
    await bench.start()
    await reserve({ evseId: 2 })
    await bench.stop()
    expect(named().every((id) => id === undefined)).toBe(true)
    expect(await cancel()).toBe('Accepted')
  })
})

describe.each(versions2x)('a reservation of any EVSE of a station of %s', (version) => {
  test('[2.0.1 H01.FR.07, FR.20] one stays free, and is Reserved when it is the last', async () => {
    bench = await Bench2x.open(version, two)
    expect(await anywhere()).toBe('Accepted')
    expect(bench.statuses()).toEqual([])
    await bench.authorize('STRANGER')
    expect(bench.statuses()).toEqual(['2.1 Reserved'])
    expect(await bench.authorize('OTHER', second)).toMatchObject({ ok: false })
    await bench.plugIn(second)
    expect(bench.statuses()).toEqual(['2.1 Reserved'])
    expect(await bench.authorize('GUEST', second)).toMatchObject({ ok: true })
    expect(bench.statuses().at(-1)).toBe('2.1 Occupied')
    await bench.start(second)
    expect(named()[0]).toBe(7)
  })

  test('[2.0.1 H01.FR.11, H02.FR.06] as many as there are EVSEs, and no more', async () => {
    bench = await Bench2x.open(version, two)
    await anywhere()
    await anywhere({ id: 8, holder: 'OTHER' })
    expect(bench.statuses()).toEqual(['1.1 Reserved', '2.1 Reserved'])
    expect(await anywhere({ id: 9 })).toBe('Occupied')
    expect(await reserve({ id: 9, evseId: 2 })).toBe('Occupied')
    await cancel(8)
    expect(bench.statuses().slice(2)).toEqual(['1.1 Available', '2.1 Available'])
  })

  test('[2.0.1 H01.FR.06, FR.09, FR.24] of a connector type: an EVSE that has one', async () => {
    bench = await Bench2x.open(version, mixed)
    expect(await anywhere({ connectorType: 'cCCS2' })).toBe('Accepted')
    expect(bench.statuses()).toEqual(['2.1 Reserved', '2.2 Reserved'])
    expect(await anywhere({ id: 8, connectorType: 'cCCS2' })).toBe('Occupied')
    expect(await bench.authorize('STRANGER', second)).toMatchObject({ ok: false })
    expect(await bench.authorize('STRANGER')).toMatchObject({ ok: true })
    expect(await bench.authorize('GUEST', second)).toMatchObject({ ok: true })
    expect(bench.statuses().slice(2)).toEqual(['2.1 Available', '2.2 Available'])
  })

  test('[2.0.1 H01.FR.09] one that may be anywhere gives way to one that may not', async () => {
    bench = await Bench2x.open(version, mixed)
    await anywhere({ connectorType: 'cType2' })
    expect(await anywhere({ id: 8, holder: 'OTHER', connectorType: 'cCCS2' })).toBe('Accepted')
    expect(bench.statuses()).toEqual(['1.1 Reserved', '2.1 Reserved', '2.2 Reserved'])
  })

  test('[2.0.1 H01.FR.12, FR.14] Faulted and Unavailable where all are', async () => {
    bench = await Bench2x.open(version, two)
    for (const at of [plug, second]) await bench.fault('GroundFailure', at)
    expect(await anywhere()).toBe('Faulted')
    bench = await Bench2x.open(version, two)
    await bench.call('ChangeAvailability', { operationalStatus: 'Inoperative' })
    expect(await anywhere()).toBe('Unavailable')
    bench = await Bench2x.open(version, two)
    for (const at of [plug, second]) await bench.plugIn(at)
    expect(await anywhere()).toBe('Occupied')
  })

  test('[2.0.1 H01.FR.16] it is removed when nothing is left that could be used', async () => {
    bench = await Bench2x.open(version, two)
    await anywhere()
    await bench.fault('GroundFailure')
    expect(updates()).toEqual([])
    expect(bench.statuses()).toEqual(['1.1 Faulted', '2.1 Reserved'])
    await bench.fault('GroundFailure', second)
    expect(updates()).toEqual(['7 Removed'])
  })
})

describe.each(versions2x)('RequestStartTransaction at a reserved EVSE, %s', (version) => {
  const start = async (idToken: string, more: object = {}) => {
    const request = { idToken: { idToken, type: 'Central' }, remoteStartId: 1, ...more }
    return (await bench.call('RequestStartTransaction', request))['status']
  }

  test('[2.0.1 F01.FR.21, H03.FR.09] the holder is let in, others are not', async () => {
    bench = await Bench2x.open(version, two)
    await reserve()
    expect(await start('STRANGER', { evseId: 1 })).toBe('Rejected')
    expect(await start('GUEST', { evseId: 1 })).toBe('Accepted')
    expect(bench.statuses()).toEqual(['1.1 Reserved', '1.1 Available'])
    await bench.plugIn()
    expect(bench.sent('TransactionEvent')[0]).toMatchObject({
      triggerReason: 'RemoteStart',
      reservationId: 7,
    })
  })

  test('[2.0.1 F01.FR.22] a group that comes with it counts', async () => {
    bench = await Bench2x.open(version, two, { 'AuthCtrlr.AuthorizeRemoteStart': 'true' })
    await reserve({ holder: 'MUM', group: 'FAMILY' })
    const group = (idToken: string) => ({ groupIdToken: { idToken, type: 'Central' }, evseId: 1 })
    expect(await start('APP', { evseId: 1 })).toBe('Rejected')
    expect(await start('APP', group('OTHERS'))).toBe('Rejected')
    expect(await start('APP', group('FAMILY'))).toBe('Accepted')
    await bench.plugIn()
    expect(named()[0]).toBe(7)
  })

  test('[2.0.1 F01.FR.20] without an EVSE the holder gets his, others another', async () => {
    bench = await Bench2x.open(version, two)
    await reserve({ evseId: 2 })
    for (const at of [plug, second]) await bench.plugIn(at)
    bench.forget()
    expect(await start('GUEST')).toBe('Accepted')
    expect(await start('STRANGER')).toBe('Accepted')
    await bench.clock.run(0)
    const started = bench.sent('TransactionEvent').filter((event) => event['evse'])
    expect(started).toMatchObject([
      { evse: { id: 2 }, idToken: { idToken: 'GUEST' }, reservationId: 7 },
      { evse: { id: 1 }, idToken: { idToken: 'STRANGER' } },
    ])
  })
})

describe('whatever happens around reservations', () => {
  const place = fc.constantFrom(plug, second)
  const tag = fc.constantFrom('MUM', 'DAD', 'GUEST', 'STRANGER')
  const where = fc.constantFrom(
    {},
    { evseId: 1 },
    { evseId: 2 },
    { connectorType: 'cType2' },
    { connectorType: 'cCCS2' },
  )
  const act = fc.oneof(
    fc.record({
      kind: fc.constant('reserve' as const),
      where,
      holder: tag,
      group: fc.boolean(),
      id: fc.constantFrom(1, 2, 3),
      minutes: fc.constantFrom(1, 5, 60),
    }),
    fc.record({ kind: fc.constant('cancel' as const), id: fc.constantFrom(1, 2, 3) }),
    fc.record({ kind: fc.constant('authorize' as const), at: place, holder: tag }),
    fc.record({
      kind: fc.constantFrom('plugIn', 'start', 'stop', 'unplug', 'fault', 'clearFault'),
      at: place,
    }),
    fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 4, 20) }),
    fc.record({ kind: fc.constant('reset' as const) }),
  )
  const families: Readonly<Record<string, string>> = { MUM: 'FAMILY', DAD: 'FAMILY' }

  test('[2.0.1 H03] nobody uses the reservation of another, none twice, and each ends once', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 15 }), async (acts) => {
        bench = await Bench2x.open('ocpp2.1', mixed)
        const accepted = new Map<number, { readonly holder: string; readonly group: boolean }>()
        /** By what an act calls it: its number, which no other reservation ever has. */
        const ids = new Map<number, number>()
        let next = 0
        for (const one of acts) {
          switch (one.kind) {
            case 'reserve': {
              const { holder, group, minutes } = one
              next += 1
              const id = next
              const family = group ? { group: 'FAMILY' } : {}
              const status = await anywhere({ id, holder, minutes, ...one.where, ...family })
              if (status !== 'Accepted') break
              accepted.set(id, { holder, group })
              ids.set(one.id, id)
              break
            }
            case 'cancel':
              await cancel(ids.get(one.id) ?? 0)
              break
            case 'pass':
              await bench.clock.run(one.minutes * minute)
              break
            case 'reset':
              await bench.call('Reset', { type: 'Immediate' })
              await bench.clock.run(10_000)
              break
            case 'authorize':
              await bench.authorize(one.holder, one.at)
              break
            case 'fault':
              await bench.fault('GroundFailure', one.at)
              break
            case 'plugIn':
            case 'start':
            case 'stop':
            case 'unplug':
            case 'clearFault':
              await bench[one.kind](one.at)
          }
        }
        expect(bench.findings).toEqual([])
        const used = bench
          .sent('TransactionEvent')
          .flatMap(({ reservationId }) =>
            typeof reservationId === 'number' ? [reservationId] : [],
          )
        const over = bench.sent('ReservationStatusUpdate').map((update) => update['reservationId'])
        expect(new Set([...used, ...over]).size).toBe(used.length + over.length)
        for (const event of bench.sent('TransactionEvent')) {
          const { reservationId, idToken } = event
          if (typeof reservationId !== 'number' || idToken === undefined) continue
          const known = accepted.get(reservationId)
          const presented = (idToken as { readonly idToken: string }).idToken
          const ofGroup = known?.group === true && families[presented] === 'FAMILY'
          expect(presented === known?.holder || ofGroup).toBe(true)
        }
      }),
      { numRuns: 40 },
    )
  })
})
