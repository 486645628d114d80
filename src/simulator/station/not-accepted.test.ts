import fc from 'fast-check'
import { expect, test } from 'vitest'
import { payloadsOf } from '../../../test/helpers/schema-payloads.ts'
import { ev, plug, StationPeer, validators } from '../../../test/helpers/station-peer.ts'
import { actionsOf } from '../../ocpp/action.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { protocol2x } from './v2x/protocol.ts'
import { protocol16 } from './v16/protocol16.ts'

const protocols = [
  protocol16(validators),
  protocol2x('ocpp2.0.1', validators),
  protocol2x('ocpp2.1', validators),
]

type Act = (peer: StationPeer) => unknown

const acts: Readonly<Record<string, Act>> = {
  plugIn: ({ actor }) => actor.plugIn(plug, ev),
  authorize: ({ actor, cancel }) => actor.authorize(plug, actor.ownToken, cancel),
  start: ({ actor, cancel }) => actor.start(plug, cancel),
  stop: ({ actor, cancel }) => actor.stop(plug, {}, cancel),
  unplug: ({ actor, cancel }) => actor.unplug(plug, cancel),
  fault: ({ actor }) => actor.fault(plug, { code: 'GroundFailure' }),
  repair: ({ actor }) => actor.clearFault(plug),
  powerLoss: ({ actor }) => actor.powerLoss(),
  powerUp: ({ station }) => station.powerUp(),
  cut: (peer) => peer.cut(),
  restore: (peer) => {
    peer.reachable = true
  },
}

/** What happens: an act by its name, or a CALL that only its schema bounds; then time passes. */
function stepsOf(version: OcppVersion) {
  const calls = Object.entries(actionsOf[version])
    .filter(([, { from }]) => from !== 'station')
    .map(([action]) => ({
      isTrigger: action.endsWith('TriggerMessage'),
      call: fc.tuple(fc.constant(action), payloadsOf(version, action)),
    }))
  const triggers = calls.filter(({ isTrigger }) => isTrigger)
  const happening = fc.oneof(
    { weight: 2, arbitrary: fc.constantFrom(...Object.keys(acts)) },
    { weight: 2, arbitrary: fc.oneof(...calls.map(({ call }) => call)) },
    { weight: 3, arbitrary: fc.oneof(...triggers.map(({ call }) => call)) },
  )
  const ms = fc.constantFrom(0, 1000, 70_000, 700_000)
  return fc.array(fc.record({ happening, ms }), { minLength: 3, maxLength: 25, size: 'max' })
}

const accepted = { status: 'Accepted' }

/** A CSMS that turns the station away until `told` is Accepted; everything else is fine with it. */
class Csms {
  told: string
  readonly peer: StationPeer
  #transactions = 0

  constructor(protocol: (typeof protocols)[number], told: string) {
    this.told = told
    const peer = new StationPeer(protocol)
    this.peer = peer
    const { version } = protocol
    for (const [action, { from, send }] of Object.entries(actionsOf[version])) {
      if (from === 'csms' || send) continue
      const [answer] = fc.sample(payloadsOf(version, action, 'response'), { seed: 1, numRuns: 1 })
      peer.answers.set(action, () => answer ?? {})
    }
    const token = version === 'ocpp1.6' ? { idTagInfo: accepted } : { idTokenInfo: accepted }
    peer.answers.set('Authorize', () => token)
    peer.answers.set('TransactionEvent', () => ({}))
    peer.answers.set('StartTransaction', () => {
      this.#transactions += 1
      return { transactionId: this.#transactions, idTagInfo: accepted }
    })
    const currentTime = () => new Date(peer.clock.wallMs()).toISOString()
    peer.answers.set('Heartbeat', () => ({ currentTime: currentTime() }))
    peer.answers.set('BootNotification', () => ({
      status: this.told,
      currentTime: currentTime(),
      interval: 600,
    }))
  }
}

test.each(protocols)(
  '[1.6 4.2] [2.0.1 B02, B03] a station of $version that is turned away says what it is asked for',
  async (protocol) => {
    const answer = fc.constantFrom('Pending', 'Rejected')
    await fc.assert(
      fc.asyncProperty(stepsOf(protocol.version), answer, async (steps, told) => {
        const csms = new Csms(protocol, told)
        const { peer } = csms
        peer.station.boot()
        await peer.clock.run(0)
        for (const { happening, ms } of steps) {
          if (typeof happening === 'string') void acts[happening]?.(peer)
          else void peer.outcome(...happening)
          await peer.clock.run(ms)
          if (ms > 30_000) peer.sweep()
        }
        csms.told = 'Accepted'
        peer.reachable = true
        peer.station.powerUp()
        await peer.clock.run(1_800_000)
        expect(peer.findings).toEqual([])
        peer.station.stop({ graceful: false })
      }),
      { numRuns: 30 },
    )
  },
)
