import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import { type ConnectorStatus, transitions } from '../connector-machine.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const ac = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const two = [ac, ac]
const second = { evse: 2, connector: 1 } as const
const token = (idToken: string) => ({ idToken, type: 'Central' })
const minute = 60_000

/** What the CSMS says of idTags: parents by idTag; everybody else is accepted, too. */
const parents: Readonly<Record<string, string>> = { MUM: 'FAMILY', DAD: 'FAMILY' }

async function booted(
  configuration: Record<string, string> = {},
  evses: readonly (typeof ac)[] = two,
) {
  const bench = new StationPeer(protocol, {
    evses,
    configuration: { RetryBackOffRandomRange: '0', ...configuration },
  })
  const idTagInfo = (idTag: unknown) => {
    const parentIdTag = parents[String(idTag)]
    return { status: 'Accepted', ...(parentIdTag !== undefined && { parentIdTag }) }
  }
  let next = 0
  bench.answers.set('Authorize', ({ idTag }) => ({ idTagInfo: idTagInfo(idTag) }))
  bench.answers.set('StartTransaction', ({ idTag }) => {
    next += 1
    return { transactionId: next, idTagInfo: idTagInfo(idTag) }
  })
  return bench.booted()
}

const inMinutes = (bench: StationPeer, minutes: number) =>
  new Date(bench.clock.wallMs() + minutes * minute).toISOString()

async function reserve(bench: StationPeer, request: Record<string, unknown> = {}) {
  const answer = await bench.call('ReserveNow', {
    connectorId: 1,
    idTag: 'GUEST',
    reservationId: 7,
    expiryDate: inMinutes(bench, 30),
    ...request,
  })
  return answer['status']
}

const statuses = (bench: StationPeer) =>
  bench
    .sent('StatusNotification')
    .map(({ connectorId, status }) => `${String(connectorId)} ${String(status)}`)

const authorize = (
  bench: StationPeer,
  idTag: string,
  at: { evse: number; connector: number } = plug,
) => bench.act(bench.actor.authorize(at, token(idTag), bench.cancel))

describe('ReserveNow', () => {
  test('[1.6 5.13] reserves, and the status follows the answer', async () => {
    const bench = await booted()
    expect(await reserve(bench)).toBe('Accepted')
    expect(statuses(bench)).toEqual(['1 Reserved'])
  })

  test('[1.6 5.13] the holder charges; StartTransaction names the reservation and ends it', async () => {
    const bench = await booted()
    await reserve(bench)
    await authorize(bench, 'guest')
    await bench.act(bench.actor.plugIn(plug, ev))
    await bench.act(bench.actor.start(plug, bench.cancel))
    expect(bench.sent('StartTransaction')).toMatchObject([{ idTag: 'guest', reservationId: 7 }])
    expect(statuses(bench)).toEqual(['1 Reserved', '1 Preparing', '1 Charging'])
    expect(bench.actor.variable('reservationId', plug)).toBe(7)
    await bench.act(bench.actor.stop(plug, {}, bench.cancel))
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    expect(statuses(bench).at(-1)).toBe('1 Available')
    expect(await bench.call('CancelReservation', { reservationId: 7 })).toEqual({
      status: 'Rejected',
    })
  })

  test('[1.6 5.13] anybody else is turned away without a question to the CSMS', async () => {
    const bench = await booted()
    await reserve(bench)
    expect(await authorize(bench, 'STRANGER')).toMatchObject({ ok: false, reason: /reserved/ })
    await bench.act(bench.actor.plugIn(plug, ev))
    const started = await bench.act(bench.actor.start(plug, bench.cancel))
    expect(started).toMatchObject({ ok: false, reason: /reserved, and not for idTag TAG-1/ })
    expect(bench.actions()).not.toContain('Authorize')
    expect(bench.actions()).not.toContain('StartTransaction')
    await bench.act(bench.actor.unplug(plug, bench.cancel))
    expect(statuses(bench)).toEqual(['1 Reserved', '1 Preparing', '1 Available', '1 Reserved'])
    expect(await authorize(bench, 'STRANGER', second)).toMatchObject({ ok: true })
  })

  test('[1.6 5.13] one of the same group may use it; the CSMS tells who belongs to it', async () => {
    const bench = await booted()
    await reserve(bench, { idTag: 'MUM', parentIdTag: 'FAMILY' })
    expect(await authorize(bench, 'STRANGER')).toMatchObject({ ok: false, reason: /reserved/ })
    expect(await authorize(bench, 'DAD')).toMatchObject({ ok: true })
    expect(bench.sent('Authorize')).toEqual([{ idTag: 'STRANGER' }, { idTag: 'DAD' }])
    // Known from the cache by now: not asked for again.
    expect(await authorize(bench, 'STRANGER')).toMatchObject({ ok: false })
    expect(bench.sent('Authorize')).toHaveLength(2)
    await bench.act(bench.actor.plugIn(plug, ev))
    await bench.act(bench.actor.start(plug, bench.cancel))
    expect(bench.sent('StartTransaction')).toMatchObject([{ idTag: 'DAD', reservationId: 7 }])
  })

  test('[1.6 5.13] the group is known without a cache, too', async () => {
    const bench = await booted({ AuthorizationCacheEnabled: 'false' })
    await reserve(bench, { idTag: 'MUM', parentIdTag: 'FAMILY' })
    expect(await authorize(bench, 'DAD')).toMatchObject({ ok: true })
  })

  test('[1.6 5.13] offline nobody can tell who belongs to the group of an unknown idTag', async () => {
    const bench = await booted({ AllowOfflineTxForUnknownId: 'true' })
    await reserve(bench, { idTag: 'MUM', parentIdTag: 'FAMILY' })
    bench.cut()
    expect(await authorize(bench, 'DAD')).toMatchObject({ ok: false, reason: /reserved/ })
    expect(await authorize(bench, 'MUM')).toMatchObject({ ok: true })
  })

  test('[1.6 5.13] it expires by the wire clock, and that is told', async () => {
    const bench = await booted()
    await reserve(bench)
    await bench.clock.run(30 * minute - 1)
    expect(statuses(bench)).toEqual(['1 Reserved'])
    await bench.clock.run(1)
    expect(statuses(bench)).toEqual(['1 Reserved', '1 Available'])
    expect(await authorize(bench, 'STRANGER')).toMatchObject({ ok: true })
  })

  test('[1.6 5.13] one whose time has passed already ends at once', async () => {
    const bench = await booted()
    expect(await reserve(bench, { expiryDate: inMinutes(bench, -1) })).toBe('Accepted')
    await bench.clock.run(1)
    expect(statuses(bench).at(-1) ?? '1 Available').toBe('1 Available')
    expect(await authorize(bench, 'STRANGER')).toMatchObject({ ok: true })
  })

  test('[1.6 5.13] the same id replaces: another connector, another holder', async () => {
    const bench = await booted()
    await reserve(bench)
    expect(await reserve(bench, { connectorId: 2, idTag: 'OTHER' })).toBe('Accepted')
    expect(statuses(bench)).toEqual(['1 Reserved', '1 Available', '2 Reserved'])
    expect(await authorize(bench, 'GUEST', second)).toMatchObject({ ok: false })
    expect(await authorize(bench, 'OTHER', second)).toMatchObject({ ok: true })
  })

  test('[1.6 5.13] a replacement that cannot be leaves what there was', async () => {
    const bench = await booted()
    await reserve(bench)
    await bench.act(bench.actor.plugIn(second, ev))
    expect(await reserve(bench, { connectorId: 2 })).toBe('Occupied')
    expect(await bench.call('CancelReservation', { reservationId: 7 })).toEqual({
      status: 'Accepted',
    })
  })

  test.each<[string, (bench: StationPeer) => Promise<unknown>, string]>([
    ['with an EV plugged in', (bench) => bench.act(bench.actor.plugIn(plug, ev)), 'Occupied'],
    ['with somebody authorised', (bench) => authorize(bench, 'A'), 'Occupied'],
    ['that is reserved', (bench) => reserve(bench, { reservationId: 6 }), 'Occupied'],
    [
      'with a fault',
      (bench) => bench.act(bench.actor.fault(plug, { code: 'GroundFailure' })),
      'Faulted',
    ],
    [
      'made inoperative',
      (bench) => bench.call('ChangeAvailability', { connectorId: 1, type: 'Inoperative' }),
      'Unavailable',
    ],
  ])('[1.6 5.13] a connector %s: no reservation', async (_name, make, status) => {
    const bench = await booted()
    await make(bench)
    expect(await reserve(bench)).toBe(status)
    expect(await bench.call('CancelReservation', { reservationId: 7 })).toEqual({
      status: 'Rejected',
    })
  })

  test('[1.6 5.13] a station that takes no reservations, or has no such connector, rejects', async () => {
    const closed = await booted({ ReservationEnabled: 'false' })
    expect(await reserve(closed)).toBe('Rejected')
    const bench = await booted()
    expect(await reserve(bench, { connectorId: 3 })).toBe('Rejected')
  })

  test('[1.6 5.13] a fault or an order of the CSMS ends it', async () => {
    const bench = await booted()
    await reserve(bench)
    await reserve(bench, { connectorId: 2, reservationId: 8 })
    await bench.act(bench.actor.fault(plug, { code: 'GroundFailure' }))
    await bench.act(bench.actor.clearFault(plug))
    await bench.call('ChangeAvailability', { connectorId: 2, type: 'Inoperative' })
    await bench.call('ChangeAvailability', { connectorId: 2, type: 'Operative' })
    expect(statuses(bench)).toEqual([
      '1 Reserved',
      '2 Reserved',
      '1 Faulted',
      '1 Available',
      '2 Unavailable',
      '2 Available',
    ])
  })

  test('it outlives a reboot, but not its time', async () => {
    const bench = await booted()
    await reserve(bench)
    await bench.call('Reset', { type: 'Hard' })
    await bench.clock.run(5000)
    expect(statuses(bench).slice(-3)).toEqual(['0 Available', '1 Reserved', '2 Available'])
    bench.station.powerLoss()
    await bench.clock.run(31 * minute)
    bench.forget()
    bench.station.powerUp()
    await bench.clock.run(0)
    expect(statuses(bench)).toEqual(['0 Available', '1 Available', '2 Available'])
  })

  test('what expired offline is told after the reconnect', async () => {
    const bench = await booted()
    await reserve(bench)
    bench.cut()
    await bench.clock.run(31 * minute)
    expect(statuses(bench)).toEqual(['1 Reserved'])
    bench.reachable = true
    await bench.clock.run(5 * minute)
    expect(statuses(bench)).toEqual(['1 Reserved', '1 Available'])
  })

  test('no timer is left of a station that was stopped', async () => {
    const bench = await booted()
    await reserve(bench)
    bench.station.stop({ graceful: true })
    await bench.clock.run(31 * minute)
    expect(bench.station.memory.reservations?.size).toBe(1)
  })

  test('of two connectors of one EVSE, the other one is no way in', async () => {
    const bench = await booted({}, [{ ...ac, connectors: ['cCCS2', 'cCHAdeMO'] } as never])
    await reserve(bench)
    expect(await authorize(bench, 'STRANGER', { evse: 1, connector: 2 })).toMatchObject({
      ok: false,
    })
    expect(statuses(bench)).toEqual(['1 Reserved'])
  })
})

describe('ReserveNow of connector 0', () => {
  const anywhere = { connectorId: 0 }

  test('[1.6 5.13] one connector stays free for the holder, whichever', async () => {
    const bench = await booted()
    expect(await reserve(bench, anywhere)).toBe('Accepted')
    expect(statuses(bench)).toEqual([])
    expect(await authorize(bench, 'STRANGER')).toMatchObject({ ok: true })
    expect(statuses(bench)).toEqual(['1 Preparing', '2 Reserved'])
    expect(await authorize(bench, 'OTHER', second)).toMatchObject({ ok: false })
    expect(await authorize(bench, 'GUEST', second)).toMatchObject({ ok: true })
    await bench.act(bench.actor.plugIn(second, ev))
    await bench.act(bench.actor.start(second, bench.cancel))
    expect(bench.sent('StartTransaction')).toMatchObject([
      { connectorId: 2, idTag: 'GUEST', reservationId: 7 },
    ])
  })

  test('[1.6 5.13] the last free connector is Reserved, and Available again after the use', async () => {
    const bench = await booted()
    await reserve(bench, anywhere)
    await reserve(bench, { ...anywhere, reservationId: 8, idTag: 'OTHER' })
    expect(statuses(bench)).toEqual(['1 Reserved', '2 Reserved'])
    expect(await reserve(bench, { ...anywhere, reservationId: 9 })).toBe('Occupied')
    expect(await reserve(bench, { connectorId: 2, reservationId: 9 })).toBe('Occupied')
    await bench.call('CancelReservation', { reservationId: 8 })
    expect(statuses(bench).slice(2)).toEqual(['1 Available', '2 Available'])
  })

  test('[1.6 9.3.1] without ReserveConnectorZeroSupported it is rejected', async () => {
    const bench = await booted({ ReserveConnectorZeroSupported: 'false' })
    expect(await reserve(bench, anywhere)).toBe('Rejected')
  })

  test('[1.6 5.13] Faulted, Unavailable and Occupied where all connectors are', async () => {
    const faulted = await booted()
    for (const at of [plug, second]) await faulted.act(faulted.actor.fault(at, { code: 'X' }))
    expect(await reserve(faulted, anywhere)).toBe('Faulted')
    const unavailable = await booted()
    await unavailable.call('ChangeAvailability', { connectorId: 0, type: 'Inoperative' })
    expect(await reserve(unavailable, anywhere)).toBe('Unavailable')
    const occupied = await booted()
    for (const at of [plug, second]) await occupied.act(occupied.actor.plugIn(at, ev))
    expect(await reserve(occupied, anywhere)).toBe('Occupied')
  })

  test('[1.6 5.13] it ends when nothing is left that could be used', async () => {
    const bench = await booted()
    await reserve(bench, anywhere)
    await bench.call('ChangeAvailability', { connectorId: 0, type: 'Inoperative' })
    await bench.call('ChangeAvailability', { connectorId: 0, type: 'Operative' })
    expect(await bench.call('CancelReservation', { reservationId: 7 })).toEqual({
      status: 'Rejected',
    })
  })
})

describe('RemoteStartTransaction at a reserved connector', () => {
  test('[1.6 5.13] the holder is let in, others are not', async () => {
    const bench = await booted()
    await reserve(bench)
    const start = (idTag: string) => bench.call('RemoteStartTransaction', { connectorId: 1, idTag })
    expect(await start('STRANGER')).toEqual({ status: 'Rejected' })
    expect(await start('GUEST')).toEqual({ status: 'Accepted' })
    await bench.act(bench.actor.plugIn(plug, ev))
    expect(bench.sent('StartTransaction')).toMatchObject([{ idTag: 'GUEST', reservationId: 7 }])
  })

  test('[1.6 5.13] without a connector, the holder gets the reserved one and others a free one', async () => {
    const bench = await booted({ AuthorizeRemoteTxRequests: 'false' })
    await reserve(bench, { connectorId: 2 })
    for (const at of [plug, second]) await bench.act(bench.actor.plugIn(at, ev))
    await bench.call('RemoteStartTransaction', { idTag: 'GUEST' })
    await bench.call('RemoteStartTransaction', { idTag: 'STRANGER' })
    await bench.clock.run(0)
    expect(bench.sent('StartTransaction')).toMatchObject([
      { connectorId: 2, idTag: 'GUEST', reservationId: 7 },
      { connectorId: 1, idTag: 'STRANGER' },
    ])
  })

  test('[1.6 5.13] whether an unknown idTag is of the group, Authorize has to tell', async () => {
    const asking = await booted()
    await reserve(asking, { idTag: 'MUM', parentIdTag: 'FAMILY' })
    const start = { connectorId: 1, idTag: 'DAD' }
    expect(await asking.call('RemoteStartTransaction', start)).toEqual({ status: 'Accepted' })
    expect(asking.sent('Authorize')).toEqual([{ idTag: 'DAD' }])
    const trusting = await booted({ AuthorizeRemoteTxRequests: 'false' })
    await reserve(trusting, { idTag: 'MUM', parentIdTag: 'FAMILY' })
    expect(await trusting.call('RemoteStartTransaction', start)).toEqual({ status: 'Rejected' })
  })
})

describe('whatever happens around reservations', () => {
  const place = fc.constantFrom(plug, second)
  const tag = fc.constantFrom('MUM', 'DAD', 'GUEST', 'STRANGER')
  const act = fc.oneof(
    fc.record({
      kind: fc.constant('reserve' as const),
      connectorId: fc.constantFrom(0, 1, 2),
      idTag: tag,
      group: fc.boolean(),
      reservationId: fc.constantFrom(1, 2, 3),
      minutes: fc.constantFrom(1, 5, 60),
    }),
    fc.record({ kind: fc.constant('cancel' as const), reservationId: fc.constantFrom(1, 2, 3) }),
    fc.record({ kind: fc.constant('authorize' as const), at: place, idTag: tag }),
    fc.record({ kind: fc.constant('plugIn' as const), at: place }),
    fc.record({ kind: fc.constant('start' as const), at: place }),
    fc.record({ kind: fc.constant('stop' as const), at: place }),
    fc.record({ kind: fc.constant('unplug' as const), at: place }),
    fc.record({ kind: fc.constant('fault' as const), at: place }),
    fc.record({ kind: fc.constant('clearFault' as const), at: place }),
    fc.record({ kind: fc.constant('pass' as const), minutes: fc.constantFrom(1, 4, 20) }),
    fc.record({ kind: fc.constant('reset' as const) }),
  )

  test('[1.6 4.9, 5.13] statuses follow the matrix, and nobody uses the reservation of another', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(act, { maxLength: 15 }), async (acts) => {
        const bench = await booted({ ConnectionTimeOut: '0' })
        /** By id: what the station accepted. */
        const accepted = new Map<number, { idTag: string; group: boolean; connectorId: number }>()
        for (const one of acts) {
          switch (one.kind) {
            case 'reserve': {
              const { idTag, connectorId, reservationId, group } = one
              const expiryDate = inMinutes(bench, one.minutes)
              const parentIdTag = group ? { parentIdTag: 'FAMILY' } : {}
              const request = { idTag, connectorId, reservationId, expiryDate, ...parentIdTag }
              if ((await reserve(bench, request)) === 'Accepted') {
                accepted.set(reservationId, { idTag, group, connectorId })
              }
              break
            }
            case 'cancel':
              await bench.call('CancelReservation', { reservationId: one.reservationId })
              break
            case 'pass':
              await bench.clock.run(one.minutes * minute)
              break
            case 'reset':
              await bench.call('Reset', { type: 'Hard' })
              await bench.clock.run(5000)
              break
            case 'authorize':
              await authorize(bench, one.idTag, one.at)
              break
            case 'plugIn':
              await bench.act(bench.actor.plugIn(one.at, ev))
              break
            case 'start':
              await bench.act(bench.actor.start(one.at, bench.cancel))
              break
            case 'stop':
              await bench.act(bench.actor.stop(one.at, {}, bench.cancel))
              break
            case 'unplug':
              await bench.act(bench.actor.unplug(one.at, bench.cancel))
              break
            case 'fault':
              await bench.act(bench.actor.fault(one.at, { code: 'GroundFailure' }))
              break
            case 'clearFault':
              await bench.act(bench.actor.clearFault(one.at))
          }
        }
        expect(bench.findings).toEqual([])
        for (const { idTag, connectorId, reservationId } of bench.sent('StartTransaction')) {
          if (typeof reservationId !== 'number') continue
          const used = accepted.get(reservationId)
          const group = used?.group === true && parents[String(idTag)] === 'FAMILY'
          expect(idTag === used?.idTag || group).toBe(true)
          expect([0, connectorId]).toContain(used?.connectorId)
        }
        const last: (ConnectorStatus | undefined)[] = []
        let booting = 0
        for (const { action, payload } of bench.heard) {
          if (action === 'BootNotification') booting = 3
          if (action !== 'StatusNotification') continue
          const id = Number(payload['connectorId'])
          const status = payload['status'] as ConnectorStatus
          const from = last[id] ?? 'Available'
          // After a boot every status is told, whatever it was before [1.6 errata 3.22].
          if (booting > 0) booting -= 1
          else expect(transitions[from]).toContain(status)
          last[id] = status
        }
      }),
      { numRuns: 60 },
    )
  })
})
