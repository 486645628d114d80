import { afterEach, describe, expect, test } from 'vitest'
import {
  ev,
  plug,
  refuse,
  StationPeer,
  validators,
} from '../../../../../test/helpers/station-peer.ts'
import type { StationTemplate } from '../../../scenario/plan.ts'
import { protocol2x } from '../protocol.ts'

const protocols = [protocol2x('ocpp2.0.1', validators), protocol2x('ocpp2.1', validators)] as const
const twoEvses: Partial<StationTemplate> = {
  evses: [
    { connectors: ['cCCS2', 'cG105'], maxPowerW: 50_000, phases: 3, current: 'DC' },
    { connectors: ['sType2'], maxPowerW: 22_000, phases: 3, current: 'AC' },
  ],
}

interface Entry {
  readonly component: {
    readonly name: string
    readonly instance?: string
    readonly evse?: { readonly id: number; readonly connectorId?: number }
  }
  readonly variable: { readonly name: string; readonly instance?: string }
}

let peer: StationPeer
afterEach(() => expect(peer.findings).toEqual([]))

const variableOf = (component: string, variable: string, value?: string) => ({
  component: { name: component },
  variable: { name: variable },
  ...(value !== undefined && { attributeValue: value }),
})
const entries = () =>
  peer.sent('NotifyReport').flatMap((page) => (page['reportData'] ?? []) as Entry[])
const places = () =>
  entries().map(({ component: { name, evse }, variable }) => {
    const at = evse
      ? `@${evse.id}${evse.connectorId === undefined ? '' : `.${evse.connectorId}`}`
      : ''
    return `${name}${at}.${variable.name}`
  })
const statuses = () =>
  peer
    .sent('StatusNotification')
    .map(
      (s) => `${String(s['evseId'])}.${String(s['connectorId'])} ${String(s['connectorStatus'])}`,
    )
const events = () =>
  peer
    .sent('TransactionEvent')
    .map((e) => `${String(e['eventType'])} ${String(e['triggerReason'])}`)

describe.each(protocols)('a station of $version', (protocol) => {
  const open = (template: Partial<StationTemplate> = twoEvses) => {
    peer = new StationPeer(protocol, template)
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
    return peer.booted()
  }
  const get = async (...getVariableData: readonly object[]) =>
    (await peer.call('GetVariables', { getVariableData }))['getVariableResult'] as readonly Record<
      string,
      unknown
    >[]
  const set = async (...setVariableData: readonly object[]) =>
    (await peer.call('SetVariables', { setVariableData }))['setVariableResult'] as readonly Record<
      string,
      unknown
    >[]
  const valueOf = async (component: string, variable: string) =>
    (await get(variableOf(component, variable)))[0]?.['attributeValue']

  describe('reports', () => {
    test('[2.0.1 B07] a base report comes in numbered pages of ItemsPerMessage', async () => {
      await open()
      const request = { requestId: 7, reportBase: 'FullInventory' }
      expect(await peer.call('GetBaseReport', request)).toEqual({ status: 'Accepted' })
      const pages = peer.sent('NotifyReport')
      expect(pages.length).toBeGreaterThan(2)
      expect(pages.map((page) => page['seqNo'])).toEqual(pages.map((_page, i) => i))
      expect(pages.map((page) => page['tbc'])).toEqual(pages.map((_p, i) => i < pages.length - 1))
      expect(new Set(pages.map((page) => page['requestId']))).toEqual(new Set([7]))
      const lengths = pages.map((page) => (page['reportData'] as readonly unknown[]).length)
      expect(new Set(lengths.slice(0, -1))).toEqual(new Set([32]))
    })

    test('[2.0.1 BytesPerMessage] and no page is longer than BytesPerMessage', async () => {
      const most = 'DeviceDataCtrlr.BytesPerMessage[GetReport]'
      await open({ ...twoEvses, configuration: { [most]: '2000' } })
      await peer.call('GetBaseReport', { requestId: 1, reportBase: 'FullInventory' })
      const sizes = peer
        .sent('NotifyReport')
        .map((page) => JSON.stringify([2, crypto.randomUUID(), 'NotifyReport', page]).length)
      expect(sizes.length).toBeGreaterThan(10)
      expect(Math.max(...sizes)).toBeLessThanOrEqual(2000)
    })

    test('[2.1 reasonCode DuplicateRequestId] a report that is under way keeps its id', async () => {
      await open()
      peer.answers.set('NotifyReport', refuse)
      const request = { requestId: 7, reportBase: 'SummaryInventory' }
      const [first, second] = await Promise.all([
        peer.call('GetBaseReport', request),
        peer.call('GetReport', { requestId: 7 }),
      ])
      expect([first['status'], second['status']]).toEqual(['Accepted', 'Rejected'])
      await peer.clock.run(0)
      expect((await peer.call('GetBaseReport', request))['status']).toBe('Accepted')
    })

    test.each([
      [{ component: { name: 'Connector' }, variable: { name: 'ConnectorType' } }, 3],
      [
        { component: { name: 'connector', evse: { id: 1 } }, variable: { name: 'connectortype' } },
        2,
      ],
      [
        {
          component: { name: 'Connector', evse: { id: 1, connectorId: 2 } },
          variable: { name: 'ConnectorType' },
        },
        1,
      ],
      [{ component: { name: 'OCPPCommCtrlr' }, variable: { name: 'MessageAttempts' } }, 1],
      [
        {
          component: { name: 'DeviceDataCtrlr' },
          variable: { name: 'ItemsPerMessage', instance: 'GetReport' },
        },
        1,
      ],
    ])('[2.0.1 B08.FR.20 to FR.25] GetReport of %j lists %i', async (componentVariable, count) => {
      await open()
      const request = { requestId: 1, componentVariable: [componentVariable] }
      expect(await peer.call('GetReport', request)).toEqual({ status: 'Accepted' })
      expect(entries()).toHaveLength(count)
    })

    test('[2.0.1 B08.FR.20] a component without a variable means all of them', async () => {
      await open()
      const component = { name: 'Connector', evse: { id: 2 } }
      await peer.call('GetReport', { requestId: 1, componentVariable: [{ component }] })
      expect(places()).toEqual(
        expect.arrayContaining([
          'Connector@2.1.AvailabilityState',
          'Connector@2.1.ConnectorType',
          'Connector@2.1.SupplyPhases',
        ]),
      )
      expect(places().every((place) => place.startsWith('Connector@2.1.'))).toBe(true)
    })

    test('[2.0.1 B08.FR.07 to FR.10, FR.13, FR.15] criteria are about components', async () => {
      await open()
      const ask = (componentCriteria: readonly string[], name: string) =>
        peer.call('GetReport', {
          requestId: 1,
          componentCriteria,
          componentVariable: [{ component: { name } }],
        })
      const nothing = { status: 'EmptyResultSet', statusInfo: { reasonCode: 'NotFound' } }
      expect(await ask(['Problem'], 'EVSE')).toEqual(nothing)
      expect(peer.sent('NotifyReport')).toEqual([])
      // Nobody plugged in: the lock is not active. Who has no Active counts as active.
      expect(await ask(['Active'], 'ConnectorPlugRetentionLock')).toEqual(nothing)
      expect((await ask(['Active'], 'TxCtrlr'))['status']).toBe('Accepted')
      peer.forget()
      await set(variableOf('AuthCtrlr', 'Enabled', 'false'))
      expect(await ask(['Enabled'], 'AuthCtrlr')).toEqual(nothing)
      expect((await ask(['Enabled', 'Available'], 'AuthCtrlr'))['status']).toBe('Accepted')
      await peer.act(peer.actor.fault({ evse: 2, connector: 1 }, { code: 'GroundFailure' }))
      peer.forget()
      expect((await ask(['Problem'], 'EVSE'))['status']).toBe('Accepted')
      expect(new Set(places().map((place) => place.split('.')[0]))).toEqual(new Set(['EVSE@2']))
    })

    test('[2.0.1 B06.FR.16, FR.17, B08.FR.17, FR.18] more than fits is a CALLERROR', async () => {
      await open({ configuration: { 'DeviceDataCtrlr.BytesPerMessage[GetReport]': '300' } })
      const componentVariable = (name: string, length: number) =>
        Array.from({ length }, () => ({ component: { name } }))
      const ask = (list: readonly object[]) =>
        peer.outcome('GetReport', { requestId: 1, componentVariable: list })
      expect(await ask(componentVariable('EVSE', 33))).toMatchObject({
        code: 'OccurrenceConstraintViolation',
      })
      expect(await ask(componentVariable('EVSE', 12))).toMatchObject({ code: 'FormatViolation' })
      expect(await ask(componentVariable('EVSE', 1))).toMatchObject({ kind: 'result' })
    })
  })

  describe('values', () => {
    test('[2.0.1 B05.FR.12, B06.FR.11] answers name the attribute that was meant', async () => {
      await open()
      expect(await get(variableOf('TxCtrlr', 'EVConnectionTimeOut'))).toEqual([
        {
          attributeStatus: 'Accepted',
          attributeType: 'Actual',
          attributeValue: '120',
          ...variableOf('TxCtrlr', 'EVConnectionTimeOut'),
        },
      ])
      expect(await set(variableOf('TxCtrlr', 'EVConnectionTimeOut', '30'))).toEqual([
        {
          attributeStatus: 'Accepted',
          attributeType: 'Actual',
          ...variableOf('TxCtrlr', 'EVConnectionTimeOut'),
        },
      ])
    })

    test('[2.1 2.15.8] Power is what flows now', async () => {
      await open()
      const second = { evse: 2, connector: 1 }
      const power = {
        component: { name: 'EVSE', evse: { id: 2 } },
        variable: { name: 'Power' },
      }
      const current = { ...power, variable: { name: 'ACCurrent', instance: 'L3' } }
      expect((await get(power))[0]?.['attributeValue']).toBe('0')
      await peer.act(peer.actor.plugIn(second, ev))
      await peer.act(peer.actor.authorize(second, peer.actor.ownToken, peer.cancel))
      await peer.act(peer.actor.start(second, peer.cancel), 100)
      const [watts, amperes] = await get(power, current)
      expect(watts?.['attributeValue']).toBe('11000')
      expect(Number(amperes?.['attributeValue'])).toBeCloseTo(11_000 / 3 / 230, 1)
      expect(await valueOf('ChargingStation', 'Power')).toBe('11000')
    })

    test('[2.0.1 B05] RebootRequired holds after the reboot', async () => {
      const spec = { component: 'OCPPCommCtrlr', variable: 'OfflineThreshold' }
      const rebootRequired = true as const
      const row = { name: 'OCPPCommCtrlr.OfflineThreshold', spec: { ...spec, rebootRequired } }
      await open({ deviceModel: { rows: [row], values: {} } })
      const [answer] = await set(variableOf('OCPPCommCtrlr', 'OfflineThreshold', '7'))
      expect(answer?.['attributeStatus']).toBe('RebootRequired')
      expect(await valueOf('OCPPCommCtrlr', 'OfflineThreshold')).toBe('60')
      await peer.call('Reset', { type: 'Immediate' })
      await peer.clock.run(10_000)
      expect(await valueOf('OCPPCommCtrlr', 'OfflineThreshold')).toBe('7')
    })
  })

  describe('resets', () => {
    const charging = async (at = plug) => {
      await peer.act(peer.actor.plugIn(at, ev))
      await peer.act(peer.actor.authorize(at, peer.actor.ownToken, peer.cancel))
      await peer.act(peer.actor.start(at, peer.cancel), 100)
      peer.forget()
    }

    test('[2.0.1 B12] OnIdle closes what is free, and reboots after the last Ended', async () => {
      await open()
      await charging()
      expect(await peer.call('Reset', { type: 'OnIdle' })).toEqual({ status: 'Scheduled' })
      await peer.clock.run(0)
      expect(statuses()).toEqual(['1.2 Unavailable', '2.1 Unavailable'])
      peer.forget()
      await peer.act(peer.actor.stop(plug, {}, peer.cancel))
      await peer.clock.run(10_000)
      expect(events()).toEqual(['Ended StopAuthorized'])
      expect(peer.sent('BootNotification')).toMatchObject([{ reason: 'ScheduledReset' }])
      expect(statuses().slice(-3)).toEqual(['1.1 Occupied', '1.2 Available', '2.1 Available'])
    })

    test('[2.0.1 B11.FR.08] an EVSE is out of order for a moment, the station goes on', async () => {
      await open()
      expect(await peer.call('Reset', { type: 'Immediate', evseId: 2 })).toEqual({
        status: 'Accepted',
      })
      await peer.clock.run(10_000)
      expect(statuses()).toEqual(['2.1 Unavailable', '2.1 Available'])
      expect(peer.actions()).not.toContain('BootNotification')
    })

    test('[2.0.1 B12.FR.07] OnIdle resets an EVSE when its transaction has ended', async () => {
      await open()
      await charging()
      expect(await peer.call('Reset', { type: 'OnIdle', evseId: 1 })).toEqual({
        status: 'Scheduled',
      })
      await peer.clock.run(5000)
      expect(statuses()).toEqual([])
      await peer.act(peer.actor.stop(plug, {}, peer.cancel))
      await peer.clock.run(10_000)
      expect(statuses()).toEqual([
        '1.1 Unavailable',
        '1.2 Unavailable',
        '1.1 Occupied',
        '1.2 Available',
      ])
    })

    test('[2.0.1 B11.FR.02] what was made inoperative stays so', async () => {
      await open()
      const evse = { id: 2 }
      await peer.call('ChangeAvailability', { operationalStatus: 'Inoperative', evse })
      await peer.call('Reset', { type: 'Immediate', evseId: 2 })
      await peer.clock.run(10_000)
      expect(statuses()).toEqual(['2.1 Unavailable'])
      expect(peer.station.memory.usable(2, 1)).toBe(false)
    })

    test('[2.0.1 B11.FR.06, FR.09] Rejected during an update, and where an EVSE has no reset', async () => {
      await open({
        ...twoEvses,
        deviceModel: { rows: [], values: { 'EVSE.AllowReset@1': 'false' } },
      })
      expect(await peer.call('Reset', { type: 'Immediate', evseId: 1 })).toMatchObject({
        status: 'Rejected',
      })
      expect(await peer.call('Reset', { type: 'Immediate', evseId: 2 })).toEqual({
        status: 'Accepted',
      })
      await peer.clock.run(10_000)
      peer.station.memory.maintenance = true
      expect(await peer.call('Reset', { type: 'Immediate' })).toEqual({
        status: 'Rejected',
        statusInfo: { reasonCode: 'FwUpdateInProgress' },
      })
    })

    test('a power loss forgets that a reset was due', async () => {
      await open()
      await charging()
      await peer.call('Reset', { type: 'OnIdle' })
      peer.actor.powerLoss()
      await peer.act(peer.actor.powerUp(peer.cancel))
      await peer.clock.run(60_000)
      expect(peer.sent('BootNotification')).toMatchObject([{ reason: 'PowerUp' }])
      expect(peer.station.memory.usable(2, 1)).toBe(true)
    })
  })
})

describe('[2.1 B13] ImmediateAndResume', () => {
  const configuration = {
    'TxCtrlr.TxResumptionTimeout': '1',
    'TxCtrlr.TxAllowEnergyTransferResumption': 'true',
  }
  const charging = async (template: Partial<StationTemplate>) => {
    peer = new StationPeer(protocols[1], template)
    peer.answers.set('Authorize', () => ({ idTokenInfo: { status: 'Accepted' } }))
    await peer.booted()
    await peer.act(peer.actor.plugIn(plug, ev))
    await peer.act(peer.actor.authorize(plug, peer.actor.ownToken, peer.cancel))
    await peer.act(peer.actor.start(plug, peer.cancel), 100)
    peer.forget()
  }
  const resumed = { type: 'ImmediateAndResume' }

  test('[2.1 B13.FR.01] Rejected where transactions are not resumed', async () => {
    await charging({})
    expect(await peer.call('Reset', resumed)).toMatchObject({ status: 'Rejected' })
    expect(peer.sent('TransactionEvent')).toEqual([])
  })

  test('[2.1 B13.FR.04, FR.23, FR.24, FR.30] the station boots and its transactions go on', async () => {
    await charging({ configuration })
    expect(await peer.call('Reset', resumed)).toEqual({ status: 'Accepted' })
    await peer.clock.run(10_000)
    expect(peer.sent('BootNotification')).toMatchObject([{ reason: 'RemoteReset' }])
    expect(events()).toEqual(expect.arrayContaining(['Updated ResetCommand', 'Updated TxResumed']))
    expect(events().join()).not.toMatch(/Ended|Started/)
    expect(peer.station.evses[0]?.outlet.powerW).toBe(11_000)
  })

  test.each([
    ['true', 11_000],
    ['false', 0],
  ])('[2.1 B13.FR.10 to FR.14] of an EVSE, energy again: %s', async (again, powerW) => {
    const allowed = { 'TxCtrlr.TxAllowEnergyTransferResumption': again }
    await charging({ configuration: { ...configuration, ...allowed } })
    expect(await peer.call('Reset', { ...resumed, evseId: 1 })).toEqual({ status: 'Accepted' })
    await peer.clock.run(100)
    expect(peer.station.evses[0]?.outlet.powerW).toBe(0)
    await peer.clock.run(10_000)
    expect(peer.actions()).not.toContain('BootNotification')
    expect(events()[0]).toBe('Updated ResetCommand')
    expect(events()).toContain('Updated TxResumed')
    expect(peer.station.evses[0]?.outlet.powerW).toBe(powerW)
  })

  test('[2.1 B13] of an EVSE whose driver stops meanwhile: the next one has energy', async () => {
    await charging({ configuration })
    await peer.call('Reset', { ...resumed, evseId: 1 })
    await peer.act(peer.actor.stop(plug, {}, peer.cancel), 10_000)
    await peer.act(peer.actor.start(plug, peer.cancel))
    expect(peer.station.evses[0]?.outlet.powerW).toBe(11_000)
  })

  test('[2.1 B13] of an EVSE whose transaction ends with the pause: another one begins', async () => {
    await charging({ configuration, txStopPoint: ['EnergyTransfer'] })
    await peer.call('Reset', { ...resumed, evseId: 1 })
    await peer.clock.run(10_000)
    expect(events()).toEqual([
      'Updated ResetCommand',
      'Ended ChargingStateChanged',
      'Started ChargingStateChanged',
    ])
  })
})
