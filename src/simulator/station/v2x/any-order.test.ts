import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { actsOf, judgement, type Place, places, usualOf } from '../../../../test/helpers/acts-2x.ts'
import { expectEnergyInTransactions, expectOrder } from '../../../../test/helpers/orderly-2x.ts'
import { Peer2x } from '../../../../test/helpers/peer-2x.ts'
import { payloadsOf } from '../../../../test/helpers/schema-payloads.ts'
import { actionsOf } from '../../../ocpp/action.ts'
import type { CallOutcome } from '../../../ocpp/rpc/call.ts'
import type { TxStartPoint, TxStopPoint } from '../../scenario/plan.ts'
import type { Version2x } from './station-2x.ts'

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

/** Simulated ms between two steps. */
const times = [0, 1000, 70_000, 700_000]

/** What happens in one step: an act by its name, or a CALL that only its schema bounds. */
type Happening =
  | { readonly act: string }
  | { readonly action: string; readonly payload: object; readonly hits: boolean }

/** Every action that a CSMS sends in this version. */
function actionsToStation(version: Version2x): readonly string[] {
  return Object.entries(actionsOf[version])
    .filter(([, { from }]) => from !== 'station')
    .map(([action]) => action)
}

function anyCall(version: Version2x): fc.Arbitrary<Happening> {
  const requests = actionsToStation(version).map((action) =>
    fc.record({
      action: fc.constant(action),
      payload: payloadsOf(version, action),
      hits: fc.boolean(),
    }),
  )
  return fc.oneof(...requests)
}

const anyCallOf = { 'ocpp2.0.1': anyCall('ocpp2.0.1'), 'ocpp2.1': anyCall('ocpp2.1') }

function stepsOf(version: Version2x, maxLength = 40): fc.Arbitrary<readonly Step[]> {
  const named = (names: readonly string[]) => fc.record({ act: fc.constantFrom(...names) })
  const happening: fc.Arbitrary<Happening> = fc.oneof(
    { weight: 3, arbitrary: named(usualOf[version]) },
    { weight: 3, arbitrary: named(Object.keys(actsOf[version])) },
    { weight: 2, arbitrary: anyCallOf[version] },
  )
  const step = fc.record({
    happening,
    place: fc.constantFrom(...places),
    ms: fc.constantFrom(...times),
  })
  return fc.array(step, { minLength: 5, maxLength, size: 'max' })
}

const flag = fc.constantFrom('true', 'false')
const settings = fc.record({
  'TxCtrlr.StopTxOnEVSideDisconnect': flag,
  'TxCtrlr.StopTxOnInvalidId': flag,
  'OCPPCommCtrlr.UnlockOnEVSideDisconnect': flag,
  'TxCtrlr.MaxEnergyOnInvalidId': fc.constantFrom('0', '200'),
  'AuthCtrlr.OfflineTxForUnknownIdEnabled': flag,
  'AuthCtrlr.LocalPreAuthorize': flag,
  'AuthCtrlr.Enabled': fc.constantFrom('true', 'true', 'false'),
})

const registers = 'Energy.Active.Import.Register,Energy.Active.Export.Register'
const measured = {
  'SampledDataCtrlr.TxStartedMeasurands': registers,
  'SampledDataCtrlr.TxUpdatedMeasurands': `${registers},Power.Active.Import`,
  'SampledDataCtrlr.TxEndedMeasurands': registers,
  'AlignedDataCtrlr.Measurands': registers,
  'AlignedDataCtrlr.Interval': '900',
}

const ac = { connectors: ['sType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const dc = {
  connectors: ['cCCS2'],
  maxPowerW: 50_000,
  phases: 3,
  current: 'DC',
  dischargeW: 10_000,
} as const

async function open(
  version: Version2x,
  txStartPoint: readonly TxStartPoint[],
  txStopPoint: readonly TxStopPoint[],
  configuration: Record<string, string>,
): Promise<Peer2x> {
  const resumption = version === 'ocpp2.1' ? { 'TxCtrlr.TxResumptionTimeout': '300' } : {}
  const peer = await Peer2x.open(version, {
    evses: [ac, dc],
    txStartPoint,
    txStopPoint,
    configuration: { ...measured, ...resumption, ...configuration },
  })
  peer.judges(judgement)
  for (const [action, answers] of answersOf[version]) {
    let next = 0
    peer.answers.set(action, () => answers[next++ % answers.length] ?? {})
  }
  return peer
}

/** What a CSMS may say to a station, of which the test says nothing itself; the same in each run. */
const answersOf = {
  'ocpp2.0.1': anyAnswers('ocpp2.0.1'),
  'ocpp2.1': anyAnswers('ocpp2.1'),
}

function anyAnswers(version: Version2x): ReadonlyMap<string, readonly object[]> {
  const judged = ['BootNotification', 'Heartbeat', 'Authorize', 'TransactionEvent']
  const actions = Object.entries(actionsOf[version])
    .filter(([action, { from, send }]) => from !== 'csms' && !send && !judged.includes(action))
    .map(([action]) => action)
  const some = { seed: 1, numRuns: 16 }
  return new Map(
    actions.map((action) => [action, fc.sample(payloadsOf(version, action, 'response'), some)]),
  )
}

async function happen(peer: Peer2x, happening: Happening, place: Place): Promise<unknown> {
  if ('act' in happening)
    return actsOf[peer.station.version as Version2x][happening.act]?.(peer, place)
  const { action, payload, hits } = happening
  const meant = hits
    ? naming(payload, String(peer.actor.variable('transactionId', place)))
    : payload
  const outcome = await peer.outcome(action, meant)
  expectAnswer(action, meant, outcome)
  return outcome
}

/** The same about the transaction that there is. */
function naming(payload: object, transactionId: string): object {
  const text = JSON.stringify(payload, (key, value: unknown) =>
    key === 'transactionId' ? transactionId : value,
  )
  return JSON.parse(text) as object
}

/** Whatever is asked, a station has an answer that its schema knows, or says what is wrong. */
function expectAnswer(action: string, payload: object, outcome: CallOutcome): void {
  const asked = `${action} ${JSON.stringify(payload)}: ${JSON.stringify(outcome)}`
  if (outcome.kind === 'error')
    expect(['InternalError', 'GenericError'], asked).not.toContain(outcome.code)
  else expect(['result', 'lost', 'unsent', 'timeout'], asked).toContain(outcome.kind)
}

/** Everything is given back, and everybody has time to say what they have to say. */
async function settle(peer: Peer2x): Promise<void> {
  // What was under way comes first, a network that is about to be cut, too.
  await peer.clock.run(1000)
  peer.reachable = true
  void peer.actor.reconnect(peer.cancel)
  peer.station.powerUp()
  await peer.clock.run(600_000)
  for (const place of places) {
    void peer.actor.clearFault(place)
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

interface Step {
  readonly happening: Happening
  readonly place: Place
  readonly ms: number
}

async function live(peer: Peer2x, steps: readonly Step[]): Promise<void> {
  for (const { happening, place, ms } of steps) {
    const done = happen(peer, happening, place)
    const { fired } = peer.clock
    await peer.clock.run(ms)
    // Samples, events and heartbeats, but nothing that wakes up again and again for nothing.
    expect(peer.clock.fired - fired).toBeLessThan(1000 + ms / 100)
    // Not settled: a CALL that the CSMS made into a dead socket has no answer.
    await Promise.race([done, Promise.resolve()])
    expectEnergyInTransactions(peer)
  }
  await settle(peer)
  expectOrder(peer)
  peer.station.stop({ graceful: false })
}

/** So much is told while the network is away that the station has to drop events. */
const overflow = (place: Place): readonly Step[] => [
  { happening: { act: 'arrive' }, place, ms: 1000 },
  { happening: { act: 'cutWhileSampling' }, place, ms: 5_400_000 },
]

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)(
  'a station of %s, whatever happens to it',
  (version) => {
    const begun = [points(starts), points(stops), settings] as const
    /** From the cable on, until it is pulled. */
    const fromCable = points(starts).map((from) => [...new Set([...from, 'EVConnected' as const])])
    const lasting = [
      fromCable,
      points<TxStopPoint>(['EVConnected', 'ParkingBayOccupancy']),
      settings,
    ] as const

    test('[2.0.1 E01-E15] keeps transactions, numbers, states and registers in order', async () => {
      await fc.assert(
        fc.asyncProperty(stepsOf(version), ...begun, async (steps, from, to, configuration) => {
          await live(await open(version, from, to, configuration), steps)
        }),
        { numRuns: 20 },
      )
    })

    test('[2.0.1 E04.FR.08] also where intermediate events had to be dropped', async () => {
      await fc.assert(
        fc.asyncProperty(
          stepsOf(version, 8),
          ...lasting,
          async (steps, from, to, configuration) => {
            const peer = await open(version, from, to, configuration)
            await live(peer, [...overflow(places[0]), ...steps])
            expect(peer.station.books()).toContainEqual(expect.objectContaining({ dropped: true }))
          },
        ),
        { numRuns: 2 },
      )
    })
  },
)
