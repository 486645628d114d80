import { describe, expect, test } from 'vitest'
import {
  ev,
  plug,
  refuse,
  StationPeer,
  silent,
  validators,
} from '../../../../test/helpers/station-peer.ts'
import { protocol16 } from './protocol16.ts'

const protocol = protocol16(validators)
const evse = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const token = { idToken: 'TAG-1', type: 'Central' }
const started = () => ({ transactionId: 7, idTagInfo: { status: 'Accepted' } })

async function booted(configuration: Record<string, string> = {}) {
  const bench = new StationPeer(protocol, {
    evses: [evse],
    configuration: {
      RetryBackOffRandomRange: '0',
      AllowOfflineTxForUnknownId: 'true',
      ...configuration,
    },
  })
  bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
  bench.answers.set('StartTransaction', started)
  return bench.booted()
}

type Act = (bench: StationPeer) => Promise<unknown>

const plugIn: Act = ({ actor }) => actor.plugIn(plug, ev)
const authorize: Act = ({ actor, cancel }) => actor.authorize(plug, token, cancel)
const start: Act = ({ actor, cancel }) => actor.start(plug, cancel)
const stop: Act = ({ actor, cancel }) => actor.stop(plug, {}, cancel)
const suspend: Act = async ({ station }) => {
  const [evse] = station.evses
  return evse && station.suspendEnergy(evse, true)
}
const cut: Act = async (bench) => bench.cut()
const muted =
  (action: string): Act =>
  async ({ answers }) =>
    void answers.set(action, silent)

/** Every state that a session can be in, and the acts that lead there. */
const states: Readonly<
  Record<string, { acts: readonly Act[]; status: string; reason?: string; started: boolean }>
> = {
  'authorised, no cable yet': { acts: [authorize], status: 'Available', started: false },
  'plugged, nobody authorised': { acts: [plugIn], status: 'Preparing', started: false },
  'StartTransaction on its way': {
    acts: [plugIn, muted('StartTransaction'), start],
    status: 'Finishing',
    reason: 'PowerLoss',
    started: true,
  },
  'started offline': {
    acts: [cut, plugIn, start],
    status: 'Finishing',
    reason: 'PowerLoss',
    started: true,
  },
  charging: { acts: [plugIn, start], status: 'Finishing', reason: 'PowerLoss', started: true },
  'suspended by the EV': {
    acts: [plugIn, start, ({ actor, cancel }) => actor.suspendEv(plug, undefined, cancel)],
    status: 'Finishing',
    reason: 'PowerLoss',
    started: true,
  },
  'suspended by the EVSE': {
    acts: [plugIn, start, suspend],
    status: 'Finishing',
    reason: 'PowerLoss',
    started: true,
  },
  'StopTransaction on its way': {
    acts: [plugIn, start, muted('StopTransaction'), stop],
    status: 'Finishing',
    reason: 'Local',
    started: true,
  },
  'stopped offline': {
    acts: [plugIn, start, cut, stop],
    status: 'Finishing',
    reason: 'Local',
    started: true,
  },
  'finished, cable still in': {
    acts: [plugIn, start, stop],
    status: 'Finishing',
    reason: 'Local',
    started: true,
  },
  'faulted in the transaction': {
    acts: [plugIn, start, ({ actor }) => actor.fault(plug, { code: 'GroundFailure' })],
    status: 'Faulted',
    reason: 'Other',
    started: true,
  },
  'Authorize on its way': {
    acts: [plugIn, muted('Authorize'), authorize],
    status: 'Preparing',
    started: false,
  },
}

const distinct = (bench: StationPeer, action: string) => [
  ...new Map(bench.sent(action).map((payload) => [payload['timestamp'], payload])).values(),
]

describe('a power loss of a 1.6 station', () => {
  test.each(Object.entries(states))('[1.6 3.7, 4.10] %s', async (_name, state) => {
    const bench = await booted()
    for (const act of state.acts) {
      // Not settled: what was muted has no answer.
      const done = act(bench)
      await bench.clock.run(60_000)
      await Promise.race([done, Promise.resolve()])
    }
    bench.actor.powerLoss()
    await bench.clock.run(600_000)
    bench.reachable = true
    bench.answers.set('Authorize', () => ({ idTagInfo: { status: 'Accepted' } }))
    bench.answers.set('StartTransaction', started)
    bench.answers.set('StopTransaction', () => ({}))
    const heardBefore = bench.heard.length
    bench.station.powerUp()
    await bench.clock.run(600_000)

    const after = bench.heard.slice(heardBefore)
    expect(after[0]?.action).toBe('BootNotification')
    const connector = after.find(
      ({ action, payload }) => action === 'StatusNotification' && payload['connectorId'] === 1,
    )
    expect(connector?.payload['status']).toBe(state.status)
    expect(distinct(bench, 'StartTransaction').length).toBe(state.started ? 1 : 0)
    const stops = distinct(bench, 'StopTransaction')
    expect(stops.map(({ reason }) => reason)).toEqual(state.reason ? [state.reason] : [])
    for (const { transactionId } of stops) expect(transactionId).toBe(7)
    for (const entry of bench.station.books()) {
      expect(entry).toMatchObject({ startAcknowledged: true, stopAcknowledged: true })
    }
    expect(bench.station.queue.length).toBe(0)
  })

  test('[1.6 4.10] the stop bears the time and the register of the loss, and comes after the boot', async () => {
    const bench = await booted()
    await bench.act(plugIn(bench))
    await bench.act(start(bench))
    await bench.clock.run(3_600_000)
    const lossAt = new Date(bench.clock.wallMs()).toISOString()
    bench.actor.powerLoss()
    bench.forget()
    await bench.clock.run(7_200_000)
    bench.station.powerUp()
    await bench.clock.run(0)
    expect(bench.sent('StopTransaction')).toMatchObject([{ timestamp: lossAt, meterStop: 12_000 }])
    expect(bench.actions().indexOf('StopTransaction')).toBeGreaterThan(0)
  })

  test('[1.6 9.1.31] what the CSMS refuses is tried again, no more often than it says', async () => {
    const bench = await booted({
      TransactionMessageAttempts: '2',
      TransactionMessageRetryInterval: '30',
    })
    await bench.act(plugIn(bench))
    await bench.act(start(bench))
    bench.answers.set('StopTransaction', refuse)
    bench.forget()
    bench.actor.powerLoss()
    bench.station.powerUp()
    await bench.clock.run(600_000)
    const times = bench.heard
      .filter(({ action }) => action === 'StopTransaction')
      .map(({ atMs }) => atMs / 1000)
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual([0, 30])
    expect(bench.station.books()).toMatchObject([{ dropped: true }])
  })
})
