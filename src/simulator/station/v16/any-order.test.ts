import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { payloadsOf } from '../../../../test/helpers/schema-payloads.ts'
import { ev, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import { actionsOf } from '../../../ocpp/action.ts'
import { type ConnectorStatus, transitions } from '../connector-machine.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const socket = { connectors: ['sType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const places = [
  { evse: 1, connector: 1 },
  { evse: 2, connector: 1 },
] as const
type Place = (typeof places)[number]

const profile = (purpose: string, limit: number) => ({
  chargingProfileId: 1,
  stackLevel: 0,
  chargingProfilePurpose: purpose,
  chargingProfileKind: 'Relative',
  chargingSchedule: {
    chargingRateUnit: 'A',
    chargingSchedulePeriod: [{ startPeriod: 0, limit }],
  },
})

class Session {
  readonly bench: StationPeer
  /** Positions in `bench.heard` after which statuses may jump: a boot, or the end of an outage. */
  readonly breaks: number[] = []
  #transactions = 0
  #reservations = 0

  constructor(configuration: Record<string, string>) {
    this.bench = new StationPeer(protocol, {
      evses: [socket, socket],
      configuration: {
        RetryBackOffRandomRange: '0',
        AllowOfflineTxForUnknownId: 'true',
        ClockAlignedDataInterval: '900',
        ...configuration,
      },
    })
    this.bench.answers.set('Authorize', ({ idTag }) => ({
      idTagInfo: { status: idTag === 'BAD' ? 'Invalid' : 'Accepted' },
    }))
    /** A start that is repeated is answered as before. */
    const known = new Map<string, number>()
    this.bench.answers.set('StartTransaction', (payload) => {
      const key = JSON.stringify(payload)
      const transactionId = known.get(key) ?? ++this.#transactions
      known.set(key, transactionId)
      return { transactionId, idTagInfo: { status: 'Accepted' } }
    })
  }

  /** The network is back. */
  restore(): void {
    this.bench.reachable = true
    this.breaks.push(this.bench.heard.length)
  }

  reserve(place: Place, minutes: number): Promise<unknown> {
    this.#reservations += 1
    return this.bench.outcome('ReserveNow', {
      connectorId: place.evse,
      idTag: 'GUEST',
      reservationId: this.#reservations,
      expiryDate: new Date(this.bench.clock.wallMs() + minutes * 60_000).toISOString(),
    })
  }
}

type Act = (session: Session, place: Place) => Promise<unknown>

const by =
  (idToken: string): Act =>
  ({ bench }, place) =>
    bench.actor.authorize(place, { idToken, type: 'Central' }, bench.cancel)
const call =
  (action: string, payload: (place: Place) => object): Act =>
  ({ bench }, place) =>
    bench.outcome(action, payload(place))

const acts: Readonly<Record<string, Act>> = {
  plugIn: ({ bench }, place) => bench.actor.plugIn(place, { ...ev, batteryWh: 20_000, soc: 0.9 }),
  authorize: by('TAG-1'),
  guest: by('GUEST'),
  bad: by('BAD'),
  start: ({ bench }, place) => bench.actor.start(place, bench.cancel),
  pause: ({ bench }, place) => bench.actor.suspendEv(place, undefined, bench.cancel),
  rest: ({ bench }, place) => bench.actor.suspendEv(place, 60_000, bench.cancel),
  stop: ({ bench }, place) => bench.actor.stop(place, {}, bench.cancel),
  unplug: ({ bench }, place) => bench.actor.unplug(place, bench.cancel),
  fault: ({ bench }, place) => bench.actor.fault(place, { code: 'GroundFailure' }),
  lockFault: ({ bench }, place) => bench.actor.fault(place, { code: 'ConnectorLockFailure' }),
  repair: ({ bench }, place) => bench.actor.clearFault(place),
  remoteStart: call('RemoteStartTransaction', ({ evse }) => ({ idTag: 'R', connectorId: evse })),
  remoteStop: call('RemoteStopTransaction', ({ evse }) => ({ transactionId: evse })),
  unlock: call('UnlockConnector', ({ evse }) => ({ connectorId: evse })),
  off: call('ChangeAvailability', ({ evse }) => ({ connectorId: evse, type: 'Inoperative' })),
  on: call('ChangeAvailability', ({ evse }) => ({ connectorId: evse, type: 'Operative' })),
  allOff: call('ChangeAvailability', () => ({ connectorId: 0, type: 'Inoperative' })),
  allOn: call('ChangeAvailability', () => ({ connectorId: 0, type: 'Operative' })),
  reserve: (session, place) => session.reserve(place, 5),
  forbid: call('SetChargingProfile', () => ({
    connectorId: 0,
    csChargingProfiles: profile('TxDefaultProfile', 0),
  })),
  limit: call('SetChargingProfile', () => ({
    connectorId: 0,
    csChargingProfiles: profile('ChargePointMaxProfile', 10),
  })),
  clear: call('ClearChargingProfile', () => ({})),
  cut: async ({ bench }) => bench.cut(),
  restore: async (session) => session.restore(),
  sleep: async ({ bench }) => bench.actor.disconnect({ halfOpen: true }),
  wake: async (session) => {
    void session.bench.actor.reconnect(session.bench.cancel)
    session.restore()
  },
  close: async (session) => {
    session.bench.actor.closeSocket(1001, 'bye')
    session.restore()
  },
  powerLoss: async ({ bench }) => bench.actor.powerLoss(),
  powerUp: async ({ bench }) => bench.station.powerUp(),
  reset: call('Reset', () => ({ type: 'Hard' })),
  softReset: call('Reset', () => ({ type: 'Soft' })),
  pass: async () => undefined,
  session: async ({ bench }, place) => {
    await bench.actor.plugIn(place, { ...ev, batteryWh: 20_000, soc: 0.5 })
    return bench.actor.start(place, bench.cancel)
  },
}

/** What makes sessions possible comes more often than what prevents them. */
const often = ['session', 'session', 'session', 'stop', 'unplug', 'restore', 'powerUp']
const healing = ['repair', 'allOn', 'clear', 'restore', 'powerUp']

/** What happens in one step: an act by its name, or a CALL that only its schema bounds. */
type Happening = { readonly act: string } | { readonly action: string; readonly payload: object }

const actionsToStation = Object.entries(actionsOf['ocpp1.6'])
  .filter(([, { from }]) => from !== 'station')
  .map(([action]) => action)

const happening: fc.Arbitrary<Happening> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.record({
      act: fc.constantFrom(...Object.keys(acts), ...often, ...often, ...healing),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.oneof(
      ...actionsToStation.map((action) =>
        fc.record({ action: fc.constant(action), payload: payloadsOf('ocpp1.6', action) }),
      ),
    ),
  },
)

async function happen(session: Session, happening: Happening, place: Place): Promise<unknown> {
  if ('act' in happening) return acts[happening.act]?.(session, place)
  const { action, payload } = happening
  // A status that is asked for may be the same once more.
  if (action.endsWith('TriggerMessage')) session.breaks.push(session.bench.heard.length)
  const outcome = await session.bench.outcome(action, payload)
  const asked = `${action} ${JSON.stringify(payload)}: ${JSON.stringify(outcome)}`
  if (outcome.kind === 'error') expect(outcome.code, asked).not.toMatch(/^(Internal|Generic)Error$/)
  else expect(['result', 'lost', 'unsent', 'timeout'], asked).toContain(outcome.kind)
  return outcome
}

const step = fc.record({
  happening,
  place: fc.constantFrom(...places),
  // Two starts of one instant would be one that was repeated.
  ms: fc.constantFrom(1, 1000, 70_000, 700_000),
})

const flag = fc.constantFrom('true', 'false')
const settings = fc.record({
  StopTransactionOnEVSideDisconnect: flag,
  UnlockConnectorOnEVSideDisconnect: flag,
})

describe('a 1.6 station, whatever happens to it', () => {
  test('[1.6 3.7, 4.8, 4.9] statuses, transactions and registers make sense', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 20, maxLength: 40 }),
        settings,
        async (steps, configuration) => {
          const session = new Session(configuration)
          const { bench } = session
          await bench.booted()
          for (const { happening, place, ms } of steps) {
            const done = happen(session, happening, place)
            const { fired } = bench.clock
            await bench.clock.run(ms)
            expect(bench.clock.fired - fired).toBeLessThan(1000 + ms / 100)
            expectEnergyInTransactions(bench)
            // Not settled: a CALL that the CSMS made into a dead socket has no answer.
            await Promise.race([done, Promise.resolve()])
          }
          // What was under way comes first, a network that is about to be cut, too.
          await bench.clock.run(1000)
          session.restore()
          void bench.actor.reconnect(bench.cancel)
          bench.station.powerUp()
          await bench.clock.run(600_000)
          for (const place of places) await bench.act(bench.actor.stop(place, {}, bench.cancel))
          await bench.clock.run(600_000)
          await delivered(bench)
          expect(bench.findings).toEqual([])
          expectStatuses(session)
          expectTransactions(bench)
          expectRegisters(bench)
          for (const entry of bench.station.books()) {
            expect(entry).toMatchObject({ startAcknowledged: true, stopAcknowledged: true })
          }
        },
      ),
      { numRuns: 100 },
    )
  })
})

function expectEnergyInTransactions({ station }: StationPeer): void {
  for (const evse of station.evses) {
    if (evse.outlet.powerW !== 0) expect(station.behaviour.inTransaction(evse)).toBe(true)
  }
}

/** Each round of a clock without timers brings a long queue only one message further. */
async function delivered({ station, clock }: StationPeer): Promise<void> {
  for (let round = 0; station.queue.length > 0 && round < 5000; round += 1) await clock.run(0)
}

/**
 * Each is another than the one before, or another fault, and a step that the matrix has, where nothing
 * lies between.
 */
function expectStatuses({ bench, breaks }: Session): void {
  const first = { status: 'Available', errorCode: 'NoError' } as const
  const told = new Map<number, { status: ConnectorStatus; errorCode: unknown }>([
    [1, first],
    [2, first],
  ])
  const mayJump = new Set<number>()
  bench.heard.forEach(({ action, payload }, at) => {
    if (action === 'BootNotification' || breaks.includes(at)) mayJump.add(1).add(2)
    if (action !== 'StatusNotification') return
    const id = Number(payload['connectorId'])
    const from = told.get(id)
    if (!from) return
    const status = payload['status'] as ConnectorStatus
    const { errorCode } = payload
    const jumps = mayJump.has(id)
    if (!jumps && status === from.status) expect(errorCode).not.toBe(from.errorCode)
    else if (!jumps) expect(transitions[from.status], `connector ${id}`).toContain(status)
    told.set(id, { status, errorCode })
    mayJump.delete(id)
  })
}

/** Of each connector they follow each other; what was sent twice is told apart by its timestamp. */
function expectTransactions(bench: StationPeer): void {
  const open = new Map<number, unknown>()
  const seen = new Set<string>()
  const connectors = new Map<unknown, number>()
  for (const { action, payload } of bench.heard) {
    if (action !== 'StartTransaction' && action !== 'StopTransaction') continue
    const key = JSON.stringify([action, payload])
    if (seen.has(key)) continue
    seen.add(key)
    if (action === 'StartTransaction') {
      const id = Number(payload['connectorId'])
      expect(open.has(id)).toBe(false)
      open.set(id, payload)
      connectors.set(connectors.size + 1, id)
    } else {
      const id = connectors.get(payload['transactionId'])
      expect(id === undefined ? undefined : open.delete(id)).toBe(true)
    }
  }
  expect(open.size).toBe(0)
}

/** The register of a connector never falls, in the order of the timestamps. */
function expectRegisters(bench: StationPeer): void {
  const readings: { id: number; at: string; wh: number }[] = []
  for (const { action, payload } of bench.heard) {
    const at = String(payload['timestamp'])
    if (action === 'StartTransaction') {
      const id = Number(payload['connectorId'])
      readings.push({ id, at, wh: Number(payload['meterStart']) })
    }
    if (action !== 'MeterValues') continue
    const [value] = payload['meterValue'] as { timestamp: string }[]
    const wh = /"value":"(\d+)","context":"[\w.]+","measurand":"Energy/.exec(JSON.stringify(value))
    if (!value || !wh) continue
    readings.push({ id: Number(payload['connectorId']), at: value.timestamp, wh: Number(wh[1]) })
  }
  for (const id of [1, 2]) {
    const registers = readings
      .filter((reading) => reading.id === id)
      .sort((one, other) => one.at.localeCompare(other.at))
      .map(({ wh }) => wh)
    expect(registers).toEqual([...registers].sort((one, other) => one - other))
  }
}
