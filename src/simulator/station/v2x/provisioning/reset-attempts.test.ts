import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../../test/helpers/station-peer.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

const broken = { code: 'ResetFailure' }
const boots = () => peer.sent('BootNotification').map(({ reason }) => reason)
const states = () =>
  peer.sent('StatusNotification').map(({ connectorStatus }) => String(connectorStatus))

describe.each(protocols)('a reset of $version that fails', (protocol) => {
  async function open(retries: number) {
    const configuration = { 'OCPPCommCtrlr.ResetRetries': String(retries) }
    peer = new StationPeer(protocol, { configuration })
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
    await peer.booted()
    peer.forget()
  }

  test('[2.1 ResetRetries] is tried again, and works once the fault is gone', async () => {
    await open(3)
    await peer.act(peer.actor.fault(plug, broken))
    expect(await peer.call('Reset', { type: 'Immediate' })).toEqual({ status: 'Accepted' })
    await peer.clock.run(3000)
    expect(boots()).toEqual([])
    await peer.act(peer.actor.clearFault(plug))
    await peer.clock.run(60_000)
    expect(boots()).toEqual(['RemoteReset'])
  })

  test('[2.1 ResetRetries] is given up after so many times', async () => {
    await open(1)
    await peer.act(peer.actor.fault(plug, broken))
    await peer.call('Reset', { type: 'Immediate' })
    await peer.clock.run(5000)
    await peer.act(peer.actor.clearFault(plug))
    await peer.clock.run(60_000)
    expect(boots()).toEqual([])
  })

  test('of one EVSE leaves it as it is', async () => {
    await open(0)
    await peer.act(peer.actor.fault(plug, broken))
    peer.forget()
    await peer.call('Reset', { type: 'Immediate', evseId: 1 })
    await peer.clock.run(60_000)
    expect(states()).toEqual([])
  })

  test('when the last transaction ends opens the station again', async () => {
    await open(0)
    await peer.act(peer.actor.plugIn(plug, ev))
    await peer.act(peer.actor.authorize(plug, peer.actor.ownToken, peer.cancel))
    await peer.act(peer.actor.start(plug, peer.cancel), 100)
    expect(await peer.call('Reset', { type: 'OnIdle' })).toEqual({ status: 'Scheduled' })
    await peer.act(peer.actor.fault(plug, broken))
    await peer.clock.run(60_000)
    expect(boots()).toEqual([])
    expect(peer.station.memory.usable(0, 0)).toBe(true)
  })
})
