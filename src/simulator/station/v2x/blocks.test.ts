import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../scenario/plan.ts'
import { protocol2x } from './protocol.ts'

const ac = { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' } as const
const twoEvses: Partial<StationTemplate> = {
  evses: [ac, { ...ac, connectors: ['cCCS2', 'cType2'] }],
}
const second = { evse: 2, connector: 1 } as const

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

const start = (at: { readonly evse: number; readonly connector: number } = plug) =>
  peer.act(peer.actor.start(at, peer.cancel))
const stop = () => peer.act(peer.actor.stop(plug, {}, peer.cancel))
const plugIn = (at: { readonly evse: number; readonly connector: number } = plug) =>
  peer.act(peer.actor.plugIn(at, ev))
const events = () =>
  peer.sent('TransactionEvent').map((event) => {
    const info = event['transactionInfo'] as Record<string, unknown>
    return [event['eventType'], event['triggerReason'], info['stoppedReason'] ?? '']
      .join(' ')
      .trim()
  })
const statuses = () =>
  peer
    .sent('StatusNotification')
    .map(
      (s) => `${String(s['evseId'])}.${String(s['connectorId'])} ${String(s['connectorStatus'])}`,
    )

describe.each(protocols)('a station of $version answers', (protocol) => {
  const open = (template: Partial<StationTemplate> = {}) => {
    peer = new StationPeer(protocol, template)
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
    return peer.booted()
  }
  async function charging(template: Partial<StationTemplate> = {}): Promise<void> {
    await open(template)
    await plugIn()
    await start()
    peer.forget()
  }

  describe('Reset', () => {
    test('[2.0.1 B12] Immediate ends transactions, reboots and says why', async () => {
      await charging()
      expect(await peer.call('Reset', { type: 'Immediate' })).toEqual({ status: 'Accepted' })
      await peer.clock.run(10_000)
      expect(events()).toEqual(['Ended ResetCommand ImmediateReset'])
      expect(peer.sent('BootNotification')).toMatchObject([{ reason: 'RemoteReset' }])
      expect(statuses()).toEqual(['1.1 Occupied'])
      expect(peer.station.books()[0]).toMatchObject({ stopAcknowledged: true })
    })

    test('[2.0.1 B11] OnIdle waits for the end of the transaction', async () => {
      await charging()
      expect(await peer.call('Reset', { type: 'OnIdle' })).toEqual({ status: 'Scheduled' })
      await peer.clock.run(10_000)
      expect(peer.sent('BootNotification')).toEqual([])
      await stop()
      await peer.clock.run(10_000)
      expect(events()).toEqual(['Ended StopAuthorized Local'])
      expect(peer.sent('BootNotification')).toMatchObject([{ reason: 'ScheduledReset' }])
    })

    test('[2.0.1 B11] OnIdle of an idle station is at once', async () => {
      await open()
      expect(await peer.call('Reset', { type: 'OnIdle' })).toEqual({ status: 'Accepted' })
      await peer.clock.run(10_000)
      expect(peer.actions()).toEqual(['BootNotification', 'StatusNotification'])
    })

    test('of one EVSE ends its transaction and reboots nothing', async () => {
      await charging(twoEvses)
      await plugIn(second)
      await start(second)
      peer.forget()
      expect(await peer.call('Reset', { type: 'OnIdle', evseId: 2 })).toEqual({
        status: 'Scheduled',
      })
      expect(await peer.call('Reset', { type: 'Immediate', evseId: 2 })).toEqual({
        status: 'Accepted',
      })
      await peer.clock.run(10_000)
      expect(events()).toEqual(['Ended ResetCommand ImmediateReset'])
      expect(peer.sent('BootNotification')).toEqual([])
      expect(await peer.call('Reset', { type: 'Immediate', evseId: 9 })).toMatchObject({
        status: 'Rejected',
      })
    })
  })

  describe('GetVariables and SetVariables', () => {
    const heartbeat = {
      component: { name: 'OCPPCommCtrlr' },
      variable: { name: 'HeartbeatInterval' },
    }
    const password = {
      component: { name: 'SecurityCtrlr' },
      variable: { name: 'BasicAuthPassword' },
    }

    test('[2.0.1 B05] a new HeartbeatInterval takes effect at once', async () => {
      await open()
      const answer = await peer.call('SetVariables', {
        setVariableData: [
          { ...heartbeat, attributeValue: '5' },
          { ...heartbeat, attributeValue: 'often' },
          { ...heartbeat, attributeType: 'Target', attributeValue: '5' },
        ],
      })
      expect(answer['setVariableResult']).toMatchObject([
        { attributeStatus: 'Accepted', ...heartbeat },
        { attributeStatus: 'Rejected', attributeStatusInfo: { reasonCode: 'InvalidValue' } },
        { attributeStatus: 'NotSupportedAttributeType', attributeType: 'Target' },
      ])
      await peer.clock.run(10_000)
      expect(peer.actions()).toEqual(['Heartbeat', 'Heartbeat'])
    })

    test('[2.0.1 A01] a new password is used for a new connection, without a boot', async () => {
      await open()
      await peer.call('SetVariables', {
        setVariableData: [{ ...password, attributeValue: 'sixteen-letters!' }],
      })
      await peer.clock.run(10_000)
      expect(peer.dialled).toEqual([{}, { password: 'sixteen-letters!' }])
      expect(peer.station.online).toBe(true)
      expect(peer.actions()).toEqual([])
    })

    test('[2.0.1 B06] reads what is, and nothing write-only', async () => {
      await open(twoEvses)
      await plugIn()
      const availability = (evse: object) => ({
        component: { name: 'Connector', evse },
        variable: { name: 'AvailabilityState' },
      })
      const answer = await peer.call('GetVariables', {
        getVariableData: [
          availability({ id: 1, connectorId: 1 }),
          availability({ id: 2, connectorId: 2 }),
          password,
          { component: { name: 'Kettle' }, variable: { name: 'Temperature' } },
        ],
      })
      expect(answer['getVariableResult']).toMatchObject([
        { attributeStatus: 'Accepted', attributeValue: 'Occupied' },
        { attributeStatus: 'Accepted', attributeValue: 'Available' },
        { attributeStatus: 'Rejected' },
        { attributeStatus: 'UnknownComponent' },
      ])
    })

    test('[2.0.1 B06] more items than ItemsPerMessage are a CALLERROR', async () => {
      await open()
      const getVariableData = Array.from({ length: 65 }, () => heartbeat)
      expect(await peer.outcome('GetVariables', { getVariableData })).toMatchObject({
        kind: 'error',
        code: 'OccurrenceConstraintViolation',
      })
    })

    test('[2.0.1 E01] a new TxStartPoint counts for the next transaction', async () => {
      await open()
      await peer.call('SetVariables', {
        setVariableData: [
          {
            component: { name: 'TxCtrlr' },
            variable: { name: 'TxStartPoint' },
            attributeValue: 'EVConnected',
          },
        ],
      })
      await plugIn()
      expect(events()).toEqual(['Started CablePluggedIn'])
    })
  })

  test('[2.0.1 B07] GetBaseReport is followed by numbered pages of the whole model', async () => {
    await open(twoEvses)
    expect(await peer.call('GetBaseReport', { requestId: 7, reportBase: 'FullInventory' })).toEqual(
      { status: 'Accepted' },
    )
    const pages = peer.sent('NotifyReport')
    expect(pages.length).toBeGreaterThan(1)
    expect(pages.map((page) => page['seqNo'])).toEqual(pages.map((_page, i) => i))
    expect(pages.map((page) => page['tbc'])).toEqual(pages.map((_p, i) => i < pages.length - 1))
    expect(new Set(pages.map((page) => page['requestId']))).toEqual(new Set([7]))
    const names = pages
      .flatMap((page) => page['reportData'] as readonly { readonly component: { name: string } }[])
      .filter((entry) => entry.component.name === 'EVSE')
    expect(names.length % 2).toBe(0)
    expect(names.length).toBeGreaterThan(8)
  })

  test('[2.0.1 C11] ClearCache forgets tokens, and is Rejected without a cache', async () => {
    await open()
    await peer.act(peer.actor.authorize(plug, peer.actor.ownToken, peer.cancel))
    const cached = () => peer.station.memory.cached('ISO14443 TAG-1')
    expect(cached()).toMatchObject({ status: 'Accepted' })
    expect(await peer.call('ClearCache', {})).toEqual({ status: 'Accepted' })
    expect(cached()).toBeUndefined()
    await open({ configuration: { 'AuthCacheCtrlr.Enabled': 'false' } })
    expect(await peer.call('ClearCache', {})).toEqual({ status: 'Rejected' })
  })
})
