import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, refuse, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../scenario/plan.ts'
import { protocol2x } from './protocol.ts'

const accepted = () => ({ idTokenInfo: { status: 'Accepted' } })
const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const
const twoConnectors: Partial<StationTemplate> = {
  evses: [
    { connectors: ['cCCS2', 'cCHAdeMO'], maxPowerW: 50_000, phases: 3, current: 'DC' },
    { connectors: ['cType2'], maxPowerW: 22_000, phases: 3, current: 'AC' },
  ],
}

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

const statuses = () =>
  peer
    .sent('StatusNotification')
    .map(
      (s) => `${String(s['evseId'])}.${String(s['connectorId'])} ${String(s['connectorStatus'])}`,
    )

describe.each(protocols)('a station of $version', (protocol) => {
  const open = (template: Partial<StationTemplate> = {}) => {
    peer = new StationPeer(protocol, template)
    peer.answers.set('Authorize', accepted)
    return peer.booted()
  }

  test('[2.0.1 B01.FR.05] boots with its identity and reports every connector', async () => {
    peer = new StationPeer(protocol, { ...twoConnectors, firmware: '1.2' })
    peer.station.boot()
    await peer.clock.run(0)
    expect(peer.sent('BootNotification')).toEqual([
      {
        reason: 'PowerUp',
        chargingStation: { model: 'AC22', vendorName: 'Acme', firmwareVersion: '1.2' },
      },
    ])
    expect(statuses()).toEqual(['1.1 Available', '1.2 Available', '2.1 Available'])
  })

  test('[2.0.1 B01.FR.04] adopts the interval of the boot answer for its heartbeats', async () => {
    peer = new StationPeer(protocol)
    peer.answers.set('BootNotification', () => ({
      status: 'Accepted',
      currentTime: '2026-01-01T00:00:00Z',
      interval: 10,
    }))
    await peer.booted()
    await peer.clock.run(30_000)
    expect(peer.actions()).toEqual(['Heartbeat', 'Heartbeat', 'Heartbeat'])
    const model = await peer.call('GetVariables', {
      getVariableData: [
        { component: { name: 'OCPPCommCtrlr' }, variable: { name: 'HeartbeatInterval' } },
      ],
    })
    expect(model['getVariableResult']).toMatchObject([{ attributeValue: '10' }])
  })

  test('[2.0.1 B02] is served while Pending, and silent but for what is triggered', async () => {
    peer = new StationPeer(protocol)
    const time = { currentTime: '2026-01-01T00:00:00Z' }
    peer.answers.set('BootNotification', () => ({ status: 'Pending', ...time, interval: 100 }))
    await peer.booted()
    const read = { component: { name: 'TxCtrlr' }, variable: { name: 'TxStartPoint' } }
    await peer.call('GetVariables', { getVariableData: [read] })
    expect(
      await peer.call('RequestStartTransaction', {
        idToken: { idToken: 'A', type: 'Central' },
        remoteStartId: 1,
      }),
    ).toMatchObject({ status: 'Rejected' })
    expect(peer.actions()).toEqual([])
    await peer.call('GetBaseReport', { requestId: 1, reportBase: 'SummaryInventory' })
    await peer.call('TriggerMessage', { requestedMessage: 'BootNotification' })
    expect(peer.actions()).toEqual(['NotifyReport', 'BootNotification'])
    expect(peer.sent('BootNotification')[0]?.['reason']).toBe('Triggered')
  })

  test('[2.0.1 B03.FR.08] answers SecurityError while Rejected', async () => {
    peer = new StationPeer(protocol)
    const time = { currentTime: '2026-01-01T00:00:00Z' }
    peer.answers.set('BootNotification', () => ({ status: 'Rejected', ...time, interval: 100 }))
    await peer.booted()
    expect(await peer.outcome('ClearCache', {})).toMatchObject({
      kind: 'error',
      code: 'SecurityError',
    })
  })

  test('[2.0.1 B04] after a short time offline tells only what changed', async () => {
    await open(twoConnectors)
    peer.cut()
    await peer.clock.run(1000)
    await peer.act(peer.actor.plugIn({ evse: 2, connector: 1 }, ev))
    peer.reachable = true
    await peer.clock.run(20_000)
    expect(statuses()).toEqual(['2.1 Occupied'])
    expect(peer.actions()).not.toContain('BootNotification')
  })

  test('[2.0.1 B04] after more than OfflineThreshold tells all connectors', async () => {
    await open({ ...twoConnectors, configuration: { 'OCPPCommCtrlr.OfflineThreshold': '30' } })
    peer.cut()
    await peer.clock.run(31_000)
    peer.reachable = true
    await peer.clock.run(60_000)
    expect(statuses()).toEqual(['1.1 Available', '1.2 Available', '2.1 Available'])
  })

  test('[2.0.1 G01] the connector with the cable is Occupied, its neighbour stays', async () => {
    await open(twoConnectors)
    await peer.act(peer.actor.plugIn({ evse: 1, connector: 2 }, ev))
    await peer.act(peer.actor.unplug({ evse: 1, connector: 2 }, peer.cancel))
    expect(statuses()).toEqual(['1.2 Occupied', '1.2 Available'])
  })

  test('[2.0.1 N07] a fault is a status and an event, and so is its end', async () => {
    await open()
    await peer.act(peer.actor.fault(plug, { code: 'GroundFailure', info: 'wet' }))
    await peer.act(peer.actor.clearFault(plug))
    expect(statuses()).toEqual(['1.1 Faulted', '1.1 Available'])
    expect(peer.sent('NotifyEvent').flatMap((event) => event['eventData'])).toMatchObject([
      { eventId: 1, actualValue: 'true', techCode: 'GroundFailure', techInfo: 'wet' },
      { eventId: 2, actualValue: 'false', cleared: true },
    ])
  })

  test('[2.0.1 C01] asks for a token and says what the CSMS said', async () => {
    await open()
    const { actor, cancel } = peer
    const visitor = { idToken: 'VISITOR', type: 'ISO14443' }
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Blocked' } }))
    const result = await peer.act(actor.authorize(plug, visitor, cancel))
    expect(result).toMatchObject({ ok: false, answer: { idTokenInfo: { status: 'Blocked' } } })
    expect(result.reason).toContain('VISITOR is Blocked')
    peer.answers.set('Authorize', refuse)
    expect((await peer.act(actor.authorize(plug, visitor, cancel))).ok).toBe(false)
    expect(peer.sent('Authorize')[0]).toEqual({ idToken: visitor })
  })

  test('[2.0.1 C02] does not ask for NoAuthorization, nor when AuthCtrlr is off', async () => {
    await open()
    const free = { idToken: '', type: 'NoAuthorization' }
    expect((await peer.act(peer.actor.authorize(plug, free, peer.cancel))).ok).toBe(true)
    expect(peer.sent('Authorize')).toEqual([])
    await open({ configuration: { 'AuthCtrlr.Enabled': 'false' } })
    const { actor, cancel } = peer
    expect((await peer.act(actor.authorize(plug, actor.ownToken, cancel))).ok).toBe(true)
    expect(peer.sent('Authorize')).toEqual([])
  })

  test('[2.0.1 C13, C15] offline it trusts its cache, and strangers only if told to', async () => {
    await open()
    const { actor, cancel } = peer
    await peer.act(actor.authorize(plug, actor.ownToken, cancel))
    peer.cut()
    await peer.clock.run(10)
    const ask = (idToken: string) =>
      peer.act(actor.authorize(plug, { idToken, type: 'ISO14443' }, cancel))
    expect((await ask('TAG-1')).ok).toBe(true)
    expect((await ask('STRANGER')).ok).toBe(false)
    await open({ configuration: { 'AuthCtrlr.OfflineTxForUnknownIdEnabled': 'true' } })
    peer.cut()
    await peer.clock.run(10)
    const stranger = { idToken: 'STRANGER', type: 'Central' }
    expect((await peer.act(peer.actor.authorize(plug, stranger, peer.cancel))).ok).toBe(true)
  })

  test('[2.0.1 C10] what has expired in the cache counts no more', async () => {
    await open()
    const { actor, cancel } = peer
    const cacheExpiryDateTime = new Date(peer.clock.wallMs() + 60_000).toISOString()
    peer.answers.set('Authorize', () => ({
      idTokenInfo: { status: 'Accepted', cacheExpiryDateTime },
    }))
    await peer.act(actor.authorize(plug, actor.ownToken, cancel))
    peer.cut()
    await peer.clock.run(61_000)
    expect((await peer.act(actor.authorize(plug, actor.ownToken, cancel))).ok).toBe(false)
  })

  test('[2.0.1 C12] LocalPreAuthorize spares the question about a known token', async () => {
    await open({ configuration: { 'AuthCtrlr.LocalPreAuthorize': 'true' } })
    const { actor, cancel } = peer
    await peer.act(actor.authorize(plug, actor.ownToken, cancel))
    await peer.act(actor.authorize(plug, actor.ownToken, cancel))
    expect(peer.sent('Authorize')).toHaveLength(1)
  })
})
