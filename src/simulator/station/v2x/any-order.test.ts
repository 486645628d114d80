import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Peer2x, type TransactionEvent, tokenOf } from '../../../../test/helpers/peer-2x.ts'
import { ev } from '../../../../test/helpers/station-peer.ts'
import type { TxStartPoint, TxStopPoint } from '../../scenario/plan.ts'

const places = [
  { evse: 1, connector: 1 },
  { evse: 2, connector: 1 },
] as const
type Place = (typeof places)[number]

const group = { idToken: 'FAMILY', type: 'Central' }

/** By the token: what the CSMS thinks of it. */
function judgement(idToken: string): object {
  if (idToken === 'BAD') return { status: 'Invalid' }
  return idToken === 'TAG-1' || idToken === 'KIN'
    ? { status: 'Accepted', groupIdToken: group }
    : { status: 'Accepted' }
}

const profile = (limit: number) => ({
  id: 1,
  stackLevel: 0,
  chargingProfilePurpose: 'TxDefaultProfile',
  chargingProfileKind: 'Relative',
  chargingSchedule: [
    { id: 1, chargingRateUnit: 'A', chargingSchedulePeriod: [{ startPeriod: 0, limit }] },
  ],
})

type Act = (peer: Peer2x, place: Place) => Promise<unknown>

const by =
  (idToken: string): Act =>
  (peer, place) =>
    peer.actor.authorize(place, tokenOf(idToken), peer.cancel)
const stopBy =
  (idToken: string): Act =>
  (peer, place) =>
    peer.actor.stop(place, { token: tokenOf(idToken) }, peer.cancel)
const call =
  (action: string, payload: (place: Place, peer: Peer2x) => object): Act =>
  (peer, place) =>
    peer.outcome(action, payload(place, peer))
const set = (component: string, variable: string, attributeValue: string): Act =>
  call('SetVariables', () => ({
    setVariableData: [
      { component: { name: component }, variable: { name: variable }, attributeValue },
    ],
  }))
const transactionId = (place: Place, peer: Peer2x) => ({
  transactionId: peer.actor.variable('transactionId', place) ?? 'none',
})

/** What people, EVs, the network and the CSMS do to a station. */
const acts: Readonly<Record<string, Act>> = {
  plugIn: (peer, place) => peer.actor.plugIn(place, { ...ev, batteryWh: 20_000, soc: 0.9 }),
  arrive: async (peer, place) => {
    void peer.actor.plugIn(place, { ...ev, batteryWh: 20_000, soc: 0.9 })
    void peer.actor.authorize(place, peer.actor.ownToken, peer.cancel)
    await peer.clock.run(0)
    void peer.actor.start(place, peer.cancel)
  },
  authorize: by('TAG-1'),
  guest: by('GUEST'),
  bad: by('BAD'),
  start: (peer, place) => peer.actor.start(place, peer.cancel),
  pause: (peer, place) => peer.actor.suspendEv(place, undefined, peer.cancel),
  limit: (peer, place) =>
    peer.actor.act(place, { kind: 'transactionLimited', limit: { maxEnergy: 300, maxTime: 900 } }),
  stop: (peer, place) => peer.actor.stop(place, {}, peer.cancel),
  stopByKin: stopBy('KIN'),
  stopByStranger: stopBy('STRANGER'),
  unplug: (peer, place) => peer.actor.unplug(place, peer.cancel),
  fault: (peer, place) => peer.actor.fault(place, { code: 'GroundFailure' }),
  repair: (peer, place) => peer.actor.clearFault(place),
  remoteStart: call('RequestStartTransaction', ({ evse }) => ({
    evseId: evse,
    remoteStartId: 7,
    idToken: { idToken: 'REMOTE', type: 'Central' },
  })),
  remoteStop: call('RequestStopTransaction', transactionId),
  status: call('GetTransactionStatus', transactionId),
  unlock: call('UnlockConnector', ({ evse }) => ({ evseId: evse, connectorId: 1 })),
  off: call('ChangeAvailability', ({ evse: id }) => ({
    operationalStatus: 'Inoperative',
    evse: { id },
  })),
  on: call('ChangeAvailability', ({ evse: id }) => ({
    operationalStatus: 'Operative',
    evse: { id },
  })),
  trigger: call('TriggerMessage', () => ({ requestedMessage: 'TransactionEvent' })),
  forbid: call('SetChargingProfile', () => ({ evseId: 0, chargingProfile: profile(0) })),
  allow: call('SetChargingProfile', () => ({ evseId: 0, chargingProfile: profile(16) })),
  clearCache: call('ClearCache', () => ({})),
  sampleOften: set('SampledDataCtrlr', 'TxUpdatedInterval', '5'),
  startPoint: set('TxCtrlr', 'TxStartPoint', 'EVConnected'),
  stopPoint: set('TxCtrlr', 'TxStopPoint', 'EnergyTransfer'),
  cut: async (peer) => peer.cut(),
  restore: async (peer) => {
    peer.reachable = true
  },
  powerLoss: async (peer) => peer.actor.powerLoss(),
  powerUp: async (peer) => peer.station.powerUp(),
  reset: call('Reset', () => ({ type: 'Immediate' })),
  resetLater: call('Reset', () => ({ type: 'OnIdle' })),
  pass: async () => undefined,
}

const starts: readonly TxStartPoint[] = [
  'ParkingBayOccupancy',
  'EVConnected',
  'Authorized',
  'PowerPathClosed',
  'EnergyTransfer',
  'DataSigned',
]
const stops = starts.slice(0, -1) as readonly TxStopPoint[]
const points = <Point>(all: readonly Point[]) => fc.subarray([...all], { minLength: 1 })

/** A session begins and goes on more often than something comes in between. */
const usual = ['arrive', 'arrive', 'start', 'pass', 'pass', 'stop', 'unplug', 'restore', 'powerUp']

const step = fc.record({
  act: fc.oneof(fc.constantFrom(...usual), fc.constantFrom(...Object.keys(acts))),
  place: fc.constantFrom(...places),
  ms: fc.constantFrom(0, 1000, 70_000, 700_000),
})

const flag = fc.constantFrom('true', 'false')
const settings = fc.record({
  'TxCtrlr.StopTxOnEVSideDisconnect': flag,
  'TxCtrlr.StopTxOnInvalidId': flag,
  'OCPPCommCtrlr.UnlockOnEVSideDisconnect': flag,
  'TxCtrlr.MaxEnergyOnInvalidId': fc.constantFrom('0', '200'),
  'AuthCtrlr.OfflineTxForUnknownIdEnabled': flag,
  'AuthCtrlr.LocalPreAuthorize': flag,
})

const socket = { connectors: ['sType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const

async function open(
  version: 'ocpp2.0.1' | 'ocpp2.1',
  txStartPoint: readonly TxStartPoint[],
  txStopPoint: readonly TxStopPoint[],
  configuration: Record<string, string>,
): Promise<Peer2x> {
  const resumption = version === 'ocpp2.1' ? { 'TxCtrlr.TxResumptionTimeout': '300' } : {}
  const peer = await Peer2x.open(version, {
    evses: [socket, socket],
    txStartPoint,
    txStopPoint,
    configuration: { 'AlignedDataCtrlr.Interval': '900', ...resumption, ...configuration },
  })
  peer.judges(judgement)
  return peer
}

/** Everything is given back, and everybody has time to say what they have to say. */
async function settle(peer: Peer2x): Promise<void> {
  peer.reachable = true
  peer.station.powerUp()
  await peer.clock.run(600_000)
  for (const place of places) {
    void peer.actor.stop(place, {}, peer.cancel)
    await peer.clock.run(0)
    void peer.actor.unplug(place, peer.cancel)
    await peer.clock.run(0)
  }
  await peer.clock.run(600_000)
  // Each round of a clock without timers brings a long queue only one message further.
  for (let round = 0; peer.station.queue.length > 0 && round < 5000; round += 1) {
    await peer.clock.run(0)
  }
}

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
  'a station of %s, whatever happens to it',
  (version) => {
    test('[2.0.1 E01-E15] keeps transactions, numbers, states and registers in order', async () => {
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 5, maxLength: 30 }),
          points(starts),
          points(stops),
          settings,
          async (steps, from, to, configuration) => {
            const peer = await open(version, from, to, configuration)
            for (const { act, place, ms } of steps) {
              const done = acts[act]?.(peer, place)
              await peer.clock.run(ms)
              // Not settled: a CALL that the CSMS made into a dead socket has no answer.
              await Promise.race([done, Promise.resolve()])
              expectEnergyInTransactions(peer)
            }
            await settle(peer)
            expect(peer.findings).toEqual([])
            expectTransactions(peer)
            expectOnePerEvse(peer)
            expectRegisters(peer)
          },
        ),
        { numRuns: 60 },
      )
    })
  },
)

function expectEnergyInTransactions({ station }: Peer2x): void {
  for (const evse of station.evses) {
    if (evse.outlet.powerW > 0) expect(station.behaviour.inTransaction(evse)).toBe(true)
  }
}

/** What was told twice, over a lost socket, is the same. */
function distinct(events: readonly TransactionEvent[]): readonly TransactionEvent[] {
  const byKey = new Map<string, TransactionEvent>()
  for (const event of events) {
    const key = `${event.transactionInfo.transactionId} ${event.seqNo}`
    const known = byKey.get(key)
    if (known) expect(event).toEqual(known)
    else byKey.set(key, event)
  }
  return [...byKey.values()]
}

function byTransaction(peer: Peer2x): ReadonlyMap<string, readonly TransactionEvent[]> {
  const known = new Map<string, TransactionEvent[]>()
  for (const event of distinct(peer.events)) {
    const { transactionId } = event.transactionInfo
    known.set(transactionId, [...(known.get(transactionId) ?? []), event])
  }
  return known
}

const states = ['Idle', 'EVConnected', 'Charging', 'SuspendedEV', 'SuspendedEVSE']

function expectTransactions(peer: Peer2x): void {
  const books = new Map(peer.station.books().map((entry) => [entry.transactionId, entry]))
  const transactions = byTransaction(peer)
  expect([...transactions.keys()].sort()).toEqual([...books.keys()].sort())
  for (const [id, events] of transactions) {
    const entry = books.get(id)
    expect(entry).toMatchObject({ startAcknowledged: true, stopAcknowledged: true })
    // A gap is where an intermediate event was dropped, and the books say so.
    const numbers = events.map(({ seqNo }) => seqNo)
    if (entry?.dropped) expect(numbers).toEqual([...new Set(numbers)].sort((a, b) => a - b))
    else expect(numbers).toEqual(numbers.map((_, i) => i))
    expect(events.map(({ eventType }) => eventType)).toEqual(
      events.map((_, i) => (i === 0 ? 'Started' : i === events.length - 1 ? 'Ended' : 'Updated')),
    )
    expect(events.at(-1)?.transactionInfo.stoppedReason).toBeDefined()
    expectStates(events)
    const times = events.map(({ timestamp }) => timestamp)
    expect(times).toEqual([...times].sort())
  }
}

/** Energy flows only for somebody, over a cable whose EVSE the CSMS knows. */
function expectStates(events: readonly TransactionEvent[]): void {
  let told: number | undefined
  let authorized = false
  for (const { eventType, idToken, evse, transactionInfo } of events) {
    told = evse?.id ?? told
    authorized ||= idToken !== undefined
    expect(told, eventType).toBeDefined()
    if (transactionInfo.chargingState === 'Charging') expect(authorized).toBe(true)
    expect(states).toContain(transactionInfo.chargingState)
  }
}

/** On an EVSE one follows the other. */
function expectOnePerEvse(peer: Peer2x): void {
  const open = new Map<number, string>()
  const evseOf = new Map<string, number>()
  for (const { eventType, evse, transactionInfo } of distinct(peer.events)) {
    const { transactionId } = transactionInfo
    if (eventType === 'Started' && evse) {
      expect(open.has(evse.id)).toBe(false)
      open.set(evse.id, transactionId)
      evseOf.set(transactionId, evse.id)
    } else {
      const at = evseOf.get(transactionId) ?? 0
      expect(open.get(at)).toBe(transactionId)
      if (eventType === 'Ended') open.delete(at)
    }
  }
  expect(open.size).toBe(0)
}

/** The import register of an EVSE never falls, in the order of the time stamps. */
function expectRegisters(peer: Peer2x): void {
  const evseOf = new Map<string, number>()
  const readings: { evse: number; at: string; wh: number }[] = []
  for (const event of distinct(peer.events)) {
    const { transactionId } = event.transactionInfo
    if (event.evse) evseOf.set(transactionId, event.evse.id)
    for (const { timestamp, sampledValue } of event.meterValue ?? []) {
      const wh = sampledValue.find(
        ({ measurand }) => measurand === 'Energy.Active.Import.Register',
      )?.value
      const evse = evseOf.get(transactionId) ?? 0
      if (wh !== undefined) readings.push({ evse, at: timestamp, wh })
    }
  }
  for (const { evse } of places) {
    const registers = readings
      .filter((reading) => reading.evse === evse)
      .sort((one, other) => one.at.localeCompare(other.at) || one.wh - other.wh)
      .map(({ wh }) => wh)
    expect(registers).toEqual([...registers].sort((one, other) => one - other))
  }
}
