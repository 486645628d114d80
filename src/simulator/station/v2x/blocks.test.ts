import { afterEach, describe, expect, test } from 'vitest'
import { ev, plug, StationPeer, validators } from '../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../scenario/plan.ts'
import { protocol2x } from './protocol.ts'

const token = { idToken: 'REMOTE', type: 'Central' }
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
const transactionId = (at = plug) => peer.actor.variable('transactionId', at)

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
  const remoteStart = (evseId?: number) =>
    peer.call('RequestStartTransaction', {
      idToken: token,
      remoteStartId: 42,
      ...(evseId !== undefined && { evseId }),
    })

  describe('RequestStartTransaction', () => {
    test('[2.0.1 F01] charges where an EV waits and tells the remoteStartId once', async () => {
      await open(twoEvses)
      await plugIn(second)
      peer.forget()
      expect(await remoteStart()).toEqual({ status: 'Accepted' })
      expect(events()).toEqual(['Started RemoteStart', 'Updated ChargingStateChanged'])
      const [started, updated] = peer.sent('TransactionEvent')
      expect(started).toMatchObject({
        evse: { id: 2, connectorId: 1 },
        idToken: token,
        transactionInfo: { remoteStartId: 42 },
      })
      expect(updated?.['transactionInfo']).not.toHaveProperty('remoteStartId')
      expect(peer.actor.variable('remoteStartId', second)).toBe(42)
    })

    test('[2.0.1 F02] starts when the EV comes', async () => {
      await open()
      await remoteStart(1)
      expect(peer.actions()).toEqual([])
      await plugIn()
      expect(peer.station.evses[0]?.outlet.powerW).toBe(11_000)
      expect(events()[0]).toBe('Started CablePluggedIn')
    })

    test('[2.0.1 F02] names the transaction that the cable began', async () => {
      await open({ txStartPoint: ['EVConnected'] })
      await plugIn()
      expect(await remoteStart()).toEqual({ status: 'Accepted', transactionId: transactionId() })
      expect(events()).toEqual([
        'Started CablePluggedIn',
        'Updated RemoteStart',
        'Updated ChargingStateChanged',
      ])
    })

    test('[2.0.1 F01] asks the CSMS first if AuthorizeRemoteStart', async () => {
      await open({ configuration: { 'AuthCtrlr.AuthorizeRemoteStart': 'true' } })
      await plugIn()
      peer.forget()
      await remoteStart()
      expect(peer.actions()).toEqual(['Authorize', 'TransactionEvent', 'TransactionEvent'])
      expect(peer.sent('Authorize')).toEqual([{ idToken: token }])
    })

    test('is Rejected for an unknown, a busy, a faulted and an inoperative EVSE', async () => {
      await charging(twoEvses)
      expect(await remoteStart(3)).toMatchObject({ status: 'Rejected' })
      expect(await remoteStart(1)).toMatchObject({ status: 'Rejected' })
      await peer.act(peer.actor.fault(second, { code: 'OtherError' }))
      expect(await remoteStart(2)).toMatchObject({ status: 'Rejected' })
      expect(await remoteStart()).toMatchObject({ status: 'Rejected' })
      await peer.act(peer.actor.clearFault(second))
      await peer.call('ChangeAvailability', { operationalStatus: 'Inoperative', evse: { id: 2 } })
      expect(await remoteStart(2)).toMatchObject({ status: 'Rejected' })
    })
  })

  describe('RequestStopTransaction', () => {
    test('[2.0.1 F03] ends the transaction that it names', async () => {
      await charging()
      expect(await peer.call('RequestStopTransaction', { transactionId: transactionId() })).toEqual(
        {
          status: 'Accepted',
        },
      )
      expect(events()).toEqual(['Ended RemoteStop Remote'])
      expect(peer.station.evses[0]?.outlet.powerW).toBe(0)
    })

    test('[2.0.1 F03] stops the energy where only the cable ends the transaction', async () => {
      await charging({ txStopPoint: ['EVConnected'] })
      await peer.call('RequestStopTransaction', { transactionId: transactionId() })
      await peer.act(peer.actor.unplug(plug, peer.cancel))
      expect(events()).toEqual(['Updated RemoteStop', 'Ended EVCommunicationLost Remote'])
    })

    test('is Rejected for a transaction that is not open', async () => {
      await charging()
      const known = transactionId()
      await stop()
      for (const id of ['nobody', known]) {
        expect(await peer.call('RequestStopTransaction', { transactionId: id })).toMatchObject({
          status: 'Rejected',
        })
      }
    })
  })

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

  describe('ChangeAvailability', () => {
    const change = (operationalStatus: string, evse?: object) =>
      peer.call('ChangeAvailability', { operationalStatus, ...(evse && { evse }) })

    test('[2.0.1 G03] of the station, an EVSE and a connector', async () => {
      await open(twoEvses)
      expect(await change('Inoperative', { id: 2, connectorId: 2 })).toEqual({ status: 'Accepted' })
      expect(await change('Inoperative', { id: 2 })).toEqual({ status: 'Accepted' })
      expect(await change('Inoperative')).toEqual({ status: 'Accepted' })
      expect(await change('Operative')).toEqual({ status: 'Accepted' })
      expect(statuses()).toEqual([
        '2.2 Unavailable',
        '2.1 Unavailable',
        '1.1 Unavailable',
        '1.1 Available',
      ])
      expect(await change('Operative', { id: 7 })).toMatchObject({ status: 'Rejected' })
      expect(await change('Operative', { id: 1, connectorId: 2 })).toMatchObject({
        status: 'Rejected',
      })
    })

    test('[2.0.1 G03] waits for the end of a transaction', async () => {
      await charging()
      expect(await change('Inoperative')).toEqual({ status: 'Scheduled' })
      expect(statuses()).toEqual([])
      await stop()
      expect(statuses()).toEqual(['1.1 Unavailable'])
    })

    test('[2.0.1 G03] outlives a reboot', async () => {
      await open()
      await change('Inoperative', { id: 1 })
      peer.forget()
      await peer.call('Reset', { type: 'Immediate' })
      await peer.clock.run(10_000)
      expect(statuses()).toEqual(['1.1 Unavailable'])
    })
  })

  test('[2.0.1 F05] UnlockConnector unless somebody charges there', async () => {
    await charging(twoEvses)
    const unlock = (evseId: number, connectorId: number) =>
      peer.call('UnlockConnector', { evseId, connectorId })
    expect(await unlock(1, 1)).toEqual({ status: 'OngoingAuthorizedTransaction' })
    expect(await unlock(2, 2)).toEqual({ status: 'Unlocked' })
    expect(await unlock(2, 3)).toEqual({ status: 'UnknownConnector' })
    expect(await unlock(3, 1)).toEqual({ status: 'UnknownConnector' })
  })

  describe('TriggerMessage', () => {
    const trigger = async (requestedMessage: string, evse?: object) => {
      const answer = await peer.call('TriggerMessage', {
        requestedMessage,
        ...(evse && { evse }),
      })
      await peer.clock.run(0)
      return answer['status']
    }

    test('[2.0.1 F06] sends what a station has to say', async () => {
      await open()
      expect(await trigger('Heartbeat')).toBe('Accepted')
      expect(await trigger('StatusNotification', { id: 1, connectorId: 1 })).toBe('Accepted')
      expect(await trigger('MeterValues', { id: 1 })).toBe('Accepted')
      expect(await trigger('LogStatusNotification')).toBe('Accepted')
      expect(await trigger('FirmwareStatusNotification')).toBe('Accepted')
      expect(peer.actions()).toEqual([
        'Heartbeat',
        'StatusNotification',
        'MeterValues',
        'LogStatusNotification',
        'FirmwareStatusNotification',
      ])
      expect(peer.sent('MeterValues')[0]).toMatchObject({
        meterValue: [{ sampledValue: [{ context: 'Trigger' }] }],
      })
    })

    test('[2.0.1 F06] tells of open transactions, and is Rejected without', async () => {
      await open()
      expect(await trigger('TransactionEvent')).toBe('Rejected')
      await charging()
      expect(await trigger('TransactionEvent', { id: 1 })).toBe('Accepted')
      expect(events()).toEqual(['Updated Trigger'])
    })

    test('[2.0.1 F06] refuses what it cannot or may not', async () => {
      await open()
      expect(await trigger('BootNotification')).toBe('Rejected')
      expect(await trigger('StatusNotification')).toBe('Rejected')
      expect(await trigger('StatusNotification', { id: 1 })).toBe('Rejected')
      expect(await trigger('MeterValues', { id: 5 })).toBe('Rejected')
      expect(await trigger('SignV2GCertificate')).toBe('NotImplemented')
      expect(peer.actions()).toEqual([])
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
    expect(await peer.call('ClearCache', {})).toEqual({ status: 'Accepted' })
    expect(peer.station.memory.cached('TAG-1')).toBeUndefined()
    await open({ configuration: { 'AuthCacheCtrlr.Enabled': 'false' } })
    expect(await peer.call('ClearCache', {})).toEqual({ status: 'Rejected' })
  })

  test('[2.0.1 P01] DataTransfer of any vendor with UnknownVendorId', async () => {
    await open()
    expect(await peer.call('DataTransfer', { vendorId: 'Acme' })).toEqual({
      status: 'UnknownVendorId',
    })
  })

  test('NotSupported to what it knows and cannot do', async () => {
    await open()
    expect(await peer.outcome('GetLocalListVersion', {})).toMatchObject({ code: 'NotSupported' })
  })
})
