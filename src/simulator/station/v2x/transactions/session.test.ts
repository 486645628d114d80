import fc from 'fast-check'
import { afterEach, describe, expect, test } from 'vitest'
import {
  ev,
  plug,
  refuse,
  StationPeer,
  silent,
  validators,
} from '../../../../../test/helpers/station-peer.ts'
import type { StationTemplate, TxStartPoint, TxStopPoint } from '../../../scenario/plan.ts'
import { protocol2x } from '../protocol.ts'

interface TransactionEvent {
  readonly eventType: string
  readonly triggerReason: string
  readonly timestamp: string
  readonly seqNo: number
  readonly offline?: boolean
  readonly evse?: object
  readonly idToken?: object
  readonly numberOfPhasesUsed?: number
  readonly transactionInfo: {
    readonly transactionId: string
    readonly chargingState: string
    readonly stoppedReason?: string
    readonly remoteStartId?: number
  }
  readonly meterValue?: readonly {
    readonly timestamp: string
    readonly sampledValue: readonly { readonly value: number; readonly context: string }[]
  }[]
}

const protocol = protocol2x('ocpp2.0.1', validators)
const minute = 60_000
let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

const accepted = () => ({ idTokenInfo: { status: 'Accepted' } })

function open(template: Partial<StationTemplate> = {}): Promise<StationPeer> {
  peer = new StationPeer(protocol, template)
  peer.answers.set('Authorize', accepted)
  return peer.booted()
}

const events = () => peer.sent<TransactionEvent>('TransactionEvent')
/** `Started Authorized EVConnected`, `Ended StopAuthorized EVConnected Local`. */
const told = () =>
  events().map(({ eventType, triggerReason, transactionInfo: info }) =>
    [eventType, triggerReason, info.chargingState, info.stoppedReason].filter(Boolean).join(' '),
  )
const readings = (event: TransactionEvent | undefined) =>
  (event?.meterValue ?? []).flatMap((reading) =>
    reading.sampledValue.map((sample) => `${sample.context} ${sample.value}`),
  )

const plugIn = () => peer.act(peer.actor.plugIn(plug, ev))
const authorize = () => peer.act(peer.actor.authorize(plug, peer.actor.ownToken, peer.cancel))
const start = () => peer.act(peer.actor.start(plug, peer.cancel))
const charge = (forMs: number) => peer.act(peer.actor.charge(plug, { forMs }, peer.cancel), forMs)
const stop = (how = {}) => peer.act(peer.actor.stop(plug, how, peer.cancel))
const unplug = () => peer.act(peer.actor.unplug(plug, peer.cancel))

async function charging(template: Partial<StationTemplate> = {}): Promise<void> {
  await open(template)
  await plugIn()
  await authorize()
  await start()
  peer.forget()
}

describe('a transaction', () => {
  test('[2.0.1 E01-E06] is told from its start to its end, and the books agree', async () => {
    await open()
    await plugIn()
    await authorize()
    await start()
    await charge(2 * minute)
    await stop()
    await unplug()
    expect(told()).toEqual([
      'Started Authorized EVConnected',
      'Updated ChargingStateChanged Charging',
      'Updated MeterValuePeriodic Charging',
      'Updated MeterValuePeriodic Charging',
      'Ended StopAuthorized EVConnected Local',
    ])
    const [first, second, , , last] = events()
    expect(events().map((event) => event.seqNo)).toEqual([0, 1, 2, 3, 4])
    expect(first).toMatchObject({
      evse: { id: 1, connectorId: 1 },
      idToken: { idToken: 'TAG-1', type: 'ISO14443' },
    })
    expect(second?.numberOfPhasesUsed).toBe(3)
    expect(second?.idToken).toBeUndefined()
    expect(readings(first)).toEqual(['Transaction.Begin 1000'])
    expect(readings(last)).toEqual(['Transaction.Begin 1000', 'Transaction.End 1367'])
    expect(last?.idToken).toEqual({ idToken: 'TAG-1', type: 'ISO14443' })
    expect(peer.station.books()).toEqual([
      {
        stationId: 'CS-1',
        transactionId: first?.transactionInfo.transactionId,
        evse: 1,
        startedAt: first?.timestamp,
        stoppedAt: last?.timestamp,
        meterStartWh: 1000,
        meterWh: 1367,
        startAcknowledged: true,
        stopAcknowledged: true,
        dropped: false,
      },
    ])
  })

  test('[2.0.1 E02] that begins with the cable brings the token with the driver', async () => {
    await open({ txStartPoint: ['EVConnected'], txStopPoint: ['EVConnected'] })
    await plugIn()
    await authorize()
    await start()
    await stop()
    await unplug()
    expect(told()).toEqual([
      'Started CablePluggedIn EVConnected',
      'Updated Authorized EVConnected',
      'Updated ChargingStateChanged Charging',
      'Updated StopAuthorized EVConnected',
      'Ended EVCommunicationLost Idle Local',
    ])
    expect(events().map((event) => event.idToken !== undefined)).toEqual([
      false,
      true,
      false,
      true,
      false,
    ])
  })

  test('[2.0.1 E02] that outlives a driver brings the token of the next one', async () => {
    await charging({ txStopPoint: ['EVConnected'] })
    await stop()
    await authorize()
    await start()
    expect(told()).toEqual([
      'Updated StopAuthorized EVConnected',
      'Updated Authorized EVConnected',
      'Updated ChargingStateChanged Charging',
    ])
    expect(events().map(({ idToken }) => idToken !== undefined)).toEqual([true, true, false])
  })

  test('[2.0.1 E03] that begins with the driver names the connector with the cable', async () => {
    await open({ txStartPoint: ['Authorized'], txStopPoint: ['Authorized'] })
    await authorize()
    await plugIn()
    await start()
    expect(told()).toEqual([
      'Started Authorized Idle',
      'Updated CablePluggedIn EVConnected',
      // The driver is authorised already: energy flows with the cable.
      'Updated ChargingStateChanged Charging',
    ])
    expect(events()[1]?.evse).toEqual({ id: 1, connectorId: 1 })
  })

  test('[2.0.1 E01] that begins with the parking bay says that the EV was detected', async () => {
    await open({ txStartPoint: ['ParkingBayOccupancy'], txStopPoint: ['ParkingBayOccupancy'] })
    await plugIn()
    await unplug()
    expect(told()).toEqual([
      'Started EVDetected Idle',
      'Updated CablePluggedIn EVConnected',
      'Ended EVDeparted Idle EVDisconnected',
    ])
  })

  test('[2.0.1 E03] ends by Timeout when no EV comes', async () => {
    await open({ txStartPoint: ['Authorized'], txStopPoint: ['Authorized'] })
    await authorize()
    await peer.clock.run(120_000)
    expect(told()).toEqual(['Started Authorized Idle', 'Ended EVConnectTimeout Idle Timeout'])
  })

  test('[2.0.1 E09] ends when the EV is unplugged while it charges', async () => {
    await charging({ txStopPoint: ['EVConnected'] })
    await unplug()
    expect(told()).toEqual(['Ended EVCommunicationLost Idle EVDisconnected'])
  })

  test('[2.0.1 E10] outlives the unplugging without StopTxOnEVSideDisconnect', async () => {
    await charging({
      txStopPoint: ['Authorized'],
      configuration: { 'TxCtrlr.StopTxOnEVSideDisconnect': 'false' },
    })
    await unplug()
    await plugIn()
    await stop()
    expect(told()).toEqual([
      'Updated EVCommunicationLost Idle',
      'Updated CablePluggedIn EVConnected',
      'Updated ChargingStateChanged Charging',
      'Ended StopAuthorized EVConnected Local',
    ])
  })

  test('[2.0.1 E10] that ends with the unplugging all the same leaves nobody authorised', async () => {
    await charging({
      txStopPoint: ['EnergyTransfer'],
      configuration: { 'TxCtrlr.StopTxOnEVSideDisconnect': 'false' },
    })
    await unplug()
    await plugIn()
    expect(told()).toEqual(['Ended EVCommunicationLost Idle EVDisconnected'])
  })

  test('[2.0.1 E02] tells when the EV suspends, resumes and is full', async () => {
    await charging()
    await peer.act(peer.actor.suspendEv(plug, minute, peer.cancel), minute)
    await peer.clock.run(24 * 60 * minute)
    const states = told().filter((line) => line.includes('ChargingStateChanged'))
    expect(states).toEqual([
      'Updated ChargingStateChanged SuspendedEV',
      'Updated ChargingStateChanged Charging',
      'Updated ChargingStateChanged SuspendedEV',
    ])
  })

  test('[2.0.1 G03.FR.05] a pause that ended it ends for good what goes out of service meanwhile', async () => {
    await charging({ txStopPoint: ['EnergyTransfer'] })
    void peer.actor.suspendEv(plug, minute, peer.cancel)
    await peer.clock.run(0)
    const request = { operationalStatus: 'Inoperative', evse: { id: 1 } }
    expect(await peer.call('ChangeAvailability', request)).toEqual({ status: 'Accepted' })
    await peer.clock.run(2 * minute)
    expect(peer.station.evses[0]).toMatchObject({ energized: false, authorization: undefined })
    expect(told()).toEqual(['Ended ChargingStateChanged SuspendedEV StoppedByEV'])
    await peer.call('ChangeAvailability', { ...request, operationalStatus: 'Operative' })
    await start()
    expect(told()[1]).toBe('Started Authorized EVConnected')
  })

  test('ends with the reason that the script names and the trigger that goes with it', async () => {
    await charging()
    await stop({ reason: 'EmergencyStop' })
    expect(told()).toEqual(['Ended AbnormalCondition EVConnected EmergencyStop'])
  })

  test.each([
    ['GroundFailure', 'GroundFault'],
    ['OverCurrentFailure', 'OvercurrentFault'],
    ['UnderVoltage', 'PowerQuality'],
    ['E-4711', 'Other'],
  ])('ends by the fault %s with the reason %s', async (code, reason) => {
    await charging()
    await peer.act(peer.actor.fault(plug, { code }))
    expect(told()).toEqual([`Ended AbnormalCondition EVConnected ${reason}`])
  })

  test('[2.0.1 E05] a token that the CSMS refuses ends it', async () => {
    await open()
    peer.answers.set('TransactionEvent', ({ idToken }) =>
      idToken ? { idTokenInfo: { status: 'Blocked' } } : {},
    )
    await plugIn()
    await start()
    expect(told()).toEqual([
      'Started Authorized EVConnected',
      'Ended Deauthorized EVConnected DeAuthorized',
    ])
    expect((await peer.act(peer.actor.charge(plug, { forMs: 1 }, peer.cancel))).ok).toBe(false)
  })

  test('[2.0.1 E05] or, without StopTxOnInvalidId, keeps it without energy', async () => {
    await open({ configuration: { 'TxCtrlr.StopTxOnInvalidId': 'false' } })
    peer.answers.set('TransactionEvent', ({ triggerReason }) =>
      triggerReason === 'Authorized' ? { idTokenInfo: { status: 'Expired' } } : {},
    )
    await plugIn()
    await start()
    await peer.clock.run(5 * minute)
    expect(told().at(-1)).toMatch(/^Updated .* SuspendedEVSE$/)
    expect(peer.station.books()[0]?.meterWh).toBe(1000)
    await stop()
    expect(told().at(-1)).toBe('Ended StopAuthorized EVConnected Local')
    peer.answers.set('TransactionEvent', accepted)
    await start()
    await peer.clock.run(5 * minute)
    expect(told().at(-1)).toBe('Updated MeterValuePeriodic Charging')
  })

  test('samples what the device model says, as often as it says', async () => {
    await charging({
      configuration: {
        'SampledDataCtrlr.TxUpdatedInterval': '30',
        'SampledDataCtrlr.TxUpdatedMeasurands': 'Current.Import,Voltage,SoC',
      },
    })
    await peer.clock.run(minute)
    const samples = events().map((event) => event.meterValue?.[0]?.sampledValue)
    expect(samples).toHaveLength(2)
    expect(samples[0]?.map((sample) => sample.value)).toEqual([
      15.94, 15.94, 15.94, 230, 230, 230, 20.2,
    ])
  })

  test('[2.0.1 J01] clock-aligned samples go into the transaction, or out of it when idle', async () => {
    await open({ configuration: { 'AlignedDataCtrlr.Interval': '900' } })
    await peer.clock.run(15 * minute)
    expect(peer.sent('MeterValues')).toMatchObject([
      { evseId: 1, meterValue: [{ sampledValue: [{ context: 'Sample.Clock', value: 1000 }] }] },
    ])
    await plugIn()
    await start()
    peer.forget()
    await peer.clock.run(15 * minute)
    expect(told().filter((line) => line.includes('MeterValueClock'))).toHaveLength(1)
    expect(peer.sent('MeterValues')).toEqual([])
  })

  test('[2.0.1 J01] SendDuringIdle keeps clock-aligned samples out of it', async () => {
    await charging({
      configuration: {
        'AlignedDataCtrlr.Interval': '900',
        'AlignedDataCtrlr.SendDuringIdle': 'true',
      },
    })
    await peer.clock.run(15 * minute)
    expect(told().filter((line) => line.includes('MeterValueClock'))).toEqual([])
  })
})

describe('offline', () => {
  test('[2.0.1 E04] events wait in order, say that they were offline, and keep their time', async () => {
    await open()
    await authorize()
    await peer.clock.run(1000)
    peer.cut()
    await peer.clock.run(1000)
    await plugIn()
    await start()
    await stop()
    const times = peer.clock.wallMs()
    peer.reachable = true
    await peer.clock.run(30_000)
    expect(told().map((line) => line.split(' ')[0])).toEqual(['Started', 'Updated', 'Ended'])
    expect(events().every((event) => event.offline === true)).toBe(true)
    expect(Date.parse(events()[0]?.timestamp ?? '')).toBe(times)
    expect(peer.station.books()[0]).toMatchObject({
      startAcknowledged: true,
      stopAcknowledged: true,
    })
  })

  test('[2.0.1 E04.FR.08] where there is no room the event with the token is not dropped', async () => {
    const often = { 'SampledDataCtrlr.TxUpdatedInterval': '5' }
    await open({ txStartPoint: ['EVConnected'], configuration: often })
    await authorize()
    await stop()
    await plugIn()
    peer.cut()
    await authorize()
    await start()
    await peer.clock.run(2 * 3_600_000)
    peer.reachable = true
    await peer.clock.run(60_000)
    for (let round = 0; peer.station.queue.length > 0 && round < 2000; round += 1) {
      await peer.clock.run(0)
    }
    expect(peer.station.books().at(-1)).toMatchObject({ dropped: true })
    expect(events().filter(({ idToken }) => idToken)).toHaveLength(1)
    // Where an event was dropped there is a gap, which a CSMS should notice.
    expect(peer.advised.join()).toContain('TX_SEQ_GAP')
  })

  test('[2.0.1 E04] an event that the network swallowed happened online: it goes again as it was', async () => {
    await charging()
    peer.answers.set('TransactionEvent', silent)
    const stopping = peer.actor.stop(plug, {}, peer.cancel)
    await peer.clock.run(1000)
    peer.cut()
    await stopping
    peer.answers.delete('TransactionEvent')
    peer.reachable = true
    await peer.clock.run(30_000)
    const [lost, again] = events()
    expect(lost?.eventType).toBe('Ended')
    expect(again).toEqual(lost)
  })

  test('[2.0.1 E13] a refused event is tried after 60 s and 120 s, then dropped', async () => {
    await charging()
    peer.answers.set('TransactionEvent', refuse)
    await stop()
    await peer.clock.run(10 * minute)
    expect(peer.heard.map(({ atMs }) => atMs)).toEqual([0, 60_000, 180_000])
    expect(peer.station.books()[0]).toMatchObject({ stopAcknowledged: false, dropped: true })
  })

  test('[2.0.1 E13] MessageAttempts and MessageAttemptInterval take effect', async () => {
    await charging({
      configuration: {
        'OCPPCommCtrlr.MessageAttempts[TransactionEvent]': '2',
        'OCPPCommCtrlr.MessageAttemptInterval[TransactionEvent]': '10',
      },
    })
    peer.answers.set('TransactionEvent', refuse)
    await stop()
    await peer.clock.run(10 * minute)
    expect(peer.heard.map(({ atMs }) => atMs)).toEqual([0, 10_000])
  })

  test('a power loss ends it when power is back, with the reading of the loss', async () => {
    await charging()
    await peer.clock.run(6 * minute + 1)
    const lostAt = peer.clock.wallMs()
    peer.actor.powerLoss()
    await peer.clock.run(10 * minute)
    peer.forget()
    await peer.act(peer.actor.powerUp(peer.cancel), 1000)
    expect(peer.sent('BootNotification')[0]?.['reason']).toBe('PowerUp')
    expect(told()).toEqual(['Ended AbnormalCondition EVConnected PowerLoss'])
    expect(events()[0]).toMatchObject({ offline: true, timestamp: new Date(lostAt).toISOString() })
    expect(readings(events()[0])).toEqual(['Transaction.Begin 1000', 'Transaction.End 2100'])
    expect(peer.station.books()[0]).toMatchObject({ meterWh: 2100, stopAcknowledged: true })
  })

  test('an answer that never comes does not stop the station', async () => {
    await charging()
    peer.answers.set('TransactionEvent', silent)
    const stopping = peer.actor.stop(plug, {}, peer.cancel)
    await peer.clock.run(30_000)
    peer.station.sweep(peer.clock.monotonicMicros() + 1)
    await peer.clock.run(0)
    expect((await stopping).ok).toBe(false)
  })
})

describe('whatever happens', () => {
  const points = <Point>(all: readonly Point[]) => fc.subarray([...all], { minLength: 1 })
  const starts: readonly TxStartPoint[] = [
    'ParkingBayOccupancy',
    'EVConnected',
    'Authorized',
    'PowerPathClosed',
    'EnergyTransfer',
    'DataSigned',
  ]
  const stops = starts.slice(0, -1) as readonly TxStopPoint[]
  const acts: readonly (() => Promise<unknown>)[] = [
    plugIn,
    unplug,
    authorize,
    start,
    stop,
    () => peer.act(peer.actor.suspendEv(plug, undefined, peer.cancel)),
    () => peer.act(peer.actor.fault(plug, { code: 'OtherError' })),
    () => peer.act(peer.actor.clearFault(plug)),
    () => peer.clock.run(90_000),
    async () => peer.actor.powerLoss(),
    async () => {
      // Waits for a CSMS that may be out of reach: not to be waited for.
      void peer.actor.powerUp(peer.cancel)
      await peer.clock.run(100)
    },
    async () => peer.cut(),
    async () => {
      peer.reachable = true
      await peer.clock.run(60_000)
    },
  ]

  test('[2.0.1 E01-E15] each transaction is Started, Updated, Ended, numbered without a gap', async () => {
    await fc.assert(
      fc.asyncProperty(
        points(starts),
        points(stops),
        fc.boolean(),
        fc.array(fc.nat(acts.length - 1), { maxLength: 25 }),
        async (txStartPoint, txStopPoint, stopOnDisconnect, story) => {
          await open({
            txStartPoint,
            txStopPoint,
            configuration: { 'TxCtrlr.StopTxOnEVSideDisconnect': String(stopOnDisconnect) },
          })
          for (const act of story) {
            await acts[act]?.()
            const evse = peer.station.evses[0]
            if (evse && evse.outlet.powerW > 0) {
              expect(peer.station.behaviour.inTransaction(evse)).toBe(true)
            }
          }
          peer.reachable = true
          void peer.actor.powerUp(peer.cancel)
          await peer.clock.run(120_000)
          checkTransactions(events())
          expect(peer.station.books().every((entry) => entry.startAcknowledged)).toBe(true)
          expect(peer.findings).toEqual([])
        },
      ),
      { numRuns: 60 },
    )
  })

  function checkTransactions(all: readonly TransactionEvent[]): void {
    const byId = new Map<string, TransactionEvent[]>()
    for (const event of all) {
      const id = event.transactionInfo.transactionId
      expect(id.length).toBeLessThanOrEqual(36)
      byId.set(id, [...(byId.get(id) ?? []), event])
    }
    for (const one of byId.values()) {
      expect(one.map((event) => event.seqNo)).toEqual(one.map((_event, i) => i))
      expect(one.map((event) => event.eventType === 'Started')).toEqual(one.map((_e, i) => i === 0))
      const ended = one.findIndex((event) => event.eventType === 'Ended')
      expect(ended === -1 || ended === one.length - 1).toBe(true)
      const registers = one.flatMap((event) =>
        (event.meterValue ?? []).flatMap((reading) => reading.sampledValue[0]?.value ?? []),
      )
      const begin = registers[0] ?? 0
      expect(registers.every((register) => register >= begin)).toBe(true)
    }
  }
})
