import { describe, expect, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import type { TappedFrame } from '../../helpers/frame-tap.ts'
import { Evidence } from '../evidence.ts'
import { getVariable, setVariable, variableRow } from './device-model.ts'
import { type Lab2x, startLab2x, variableValue, versions2x } from './lab2x.ts'

/* B. Booting, the device model, where a station connects to, and resets. */

/** Reports come in several parts. */
const smallPages = { configuration: { 'DeviceDataCtrlr.ItemsPerMessage[GetReport]': 40 } } as const

interface ReportRow {
  readonly variables: number
  readonly complete: boolean
}

const reported = async (lab: Lab2x, requestId: number): Promise<ReportRow | undefined> =>
  (await lab.known<Readonly<Record<string, ReportRow>>>('reports'))?.[requestId]

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'provisioning')

  test('[2.0.1 B01] BootNotification', async () => {
    await using lab = await startLab2x(version, { heartbeatIntervalSeconds: 77 })
    await evidence.shows(lab, 'BootNotification', {
      call: () => lab.connect({ station: { vendor: 'Acme', model: 'AC22' } }),
      csms: {
        clause: '2.0.1 B01.FR.02',
        async effect() {
          const row = await lab.known<Record<string, string>>()
          const { registration, vendor, model, bootReason } = row ?? {}
          return (
            registration &&
            `the station is stored as ${registration}: ${vendor} ${model}, ${bootReason}`
          )
        },
      },
      station: {
        clause: '2.0.1 B01.FR.04',
        afterwards: () => getVariable(lab, 'OCPPCommCtrlr', 'HeartbeatInterval'),
        effect(seen) {
          const value = variableValue(seen, 'OCPPCommCtrlr', 'HeartbeatInterval')
          return value === String(seen.answer('BootNotification')?.interval)
            ? `its variable HeartbeatInterval is ${value}, as answered`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 B05] SetVariables', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ speed: 10 })
    await evidence.shows(lab, 'SetVariables', {
      call: () => setVariable(lab, 'OCPPCommCtrlr', 'HeartbeatInterval', '1'),
      csms: {
        clause: '2.0.1 B05',
        async effect() {
          const row = await variableRow(lab, 'OCPPCommCtrlr', 'HeartbeatInterval')
          return row && `HeartbeatInterval is stored as ${row.attributes['Actual']}`
        },
      },
      station: {
        clause: '2.0.1 B05, G02',
        effect: (seen) =>
          seen.calls('Heartbeat').length > 1
            ? 'a Heartbeat comes every second, where it would have come in minutes'
            : undefined,
      },
    })
  })

  test('[2.0.1 B06] GetVariables', async () => {
    await using lab = await startLab2x(version)
    await lab.connect()
    await evidence.shows(lab, 'GetVariables', {
      call: () => getVariable(lab, 'OCPPCommCtrlr', 'OfflineThreshold'),
      csms: {
        clause: '2.0.1 B06',
        async effect() {
          const row = await variableRow(lab, 'OCPPCommCtrlr', 'OfflineThreshold')
          return row && `OfflineThreshold is stored as ${row.attributes['Actual']}`
        },
      },
      station: {
        clause: '2.0.1 B06',
        async afterwards() {
          await setVariable(lab, 'OCPPCommCtrlr', 'OfflineThreshold', '240')
          await getVariable(lab, 'OCPPCommCtrlr', 'OfflineThreshold')
        },
        effect(seen) {
          const before = seen.answer('GetVariables')?.getVariableResult[0]?.attributeValue
          const now = variableValue(seen, 'OCPPCommCtrlr', 'OfflineThreshold')
          return now !== undefined && now !== before
            ? `OfflineThreshold, answered ${before}, is answered ${now} after it was set`
            : undefined
        },
      },
    })
  })

  test('[2.0.1 B07] GetBaseReport', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ station: { ...smallPages, evses: [{ connectors: ['sType2'] }] } })
    await evidence.shows(lab, 'GetBaseReport', {
      call: () => lab.command('GetBaseReport', { requestId: 7, reportBase: 'FullInventory' }),
      csms: {
        clause: '2.0.1 B07',
        async effect() {
          const isWhole = (await reported(lab, 7))?.complete
          const row = await variableRow(lab, 'Connector', 'ConnectorType')
          const { attributes, mutability } = row ?? {}
          return isWhole
            ? `the device model is stored: ConnectorType is ${attributes?.['Actual']}, ${mutability?.['Actual']}`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 B07.FR.03, FR.10',
        effect(seen) {
          const parts = seen.calls('NotifyReport').filter(({ requestId }) => requestId === 7)
          const isInOrder = parts.every(({ seqNo }, at) => seqNo === at)
          const last = parts.at(-1)
          return isInOrder && parts.length > 1 && last?.tbc === false
            ? 'NotifyReports of this requestId, seqNo from 0 on, all but the last to be continued'
            : undefined
        },
      },
    })
  })

  test('[2.0.1 B07] NotifyReport', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ station: { ...smallPages, serial: 'SN-17' } })
    await evidence.shows(lab, 'NotifyReport', {
      call: () => lab.command('GetBaseReport', { requestId: 8, reportBase: 'FullInventory' }),
      csms: {
        clause: '2.0.1 B07.FR.12',
        async effect() {
          const row = await variableRow(lab, 'ChargingStation', 'SerialNumber')
          return (
            row && `a variable that it lists is stored: SerialNumber ${row.attributes['Actual']}`
          )
        },
      },
      station: {
        clause: '2.0.1 B07.FR.10',
        effect(seen) {
          const [next] = seen.calls('NotifyReport')
          return next?.seqNo === 1
            ? 'once it is answered the next part comes, with seqNo 1'
            : undefined
        },
      },
    })
  })

  test('[2.0.1 B08] GetReport', async () => {
    await using lab = await startLab2x(version)
    await lab.connect()
    const question = {
      requestId: 9,
      componentVariable: [
        { component: { name: 'Connector' }, variable: { name: 'ConnectorType' } },
      ],
    }
    await evidence.shows(lab, 'GetReport', {
      call: () => lab.command('GetReport', question),
      csms: {
        clause: '2.0.1 B08',
        async effect() {
          const report = await reported(lab, 9)
          return report?.complete
            ? `the report is stored as complete, variables: ${report.variables}`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 B08.FR.05, FR.20',
        effect(seen) {
          const [report] = seen.calls('NotifyReport')
          const names = report?.reportData?.map(
            ({ component, variable }) => `${component.name}.${variable.name}`,
          )
          return names && `NotifyReport lists what was asked for and no more: ${names.join(', ')}`
        },
      },
    })
  })

  test('[2.0.1 B09, B10] SetNetworkProfile', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ speed: 60 })
    const usesSlot2 = () => setVariable(lab, 'OCPPCommCtrlr', 'NetworkConfigurationPriority', '2,1')
    const refused = await usesSlot2()
    expect(refused.setVariableResult[0]?.attributeStatus).toBe('Rejected')
    const connectionData = {
      ocppVersion: 'OCPP20',
      ocppTransport: 'JSON',
      ocppInterface: 'Wired0',
      ocppCsmsUrl: lab.tap.url,
      messageTimeout: 20,
      securityProfile: 0,
    } as const
    await evidence.shows(lab, 'SetNetworkProfile', {
      call: () => lab.command('SetNetworkProfile', { configurationSlot: 2, connectionData }),
      csms: {
        clause: '2.0.1 B09',
        async effect() {
          const rows = await lab.known<readonly { readonly slot: number }[]>('network-profiles')
          return rows?.[0] && `a profile in slot ${rows[0].slot} is stored`
        },
      },
      station: {
        clause: '2.0.1 B09, B10.FR.04',
        async afterwards() {
          await usesSlot2()
          await lab.command('Reset', { type: 'Immediate' })
          await lab.until('the boot', () => lab.frames.findLast(isSecondBoot))
          await getVariable(lab, 'OCPPCommCtrlr', 'ActiveNetworkProfile')
        },
        effect(seen) {
          const slot = variableValue(seen, 'OCPPCommCtrlr', 'ActiveNetworkProfile')
          return slot === '2'
            ? 'NetworkConfigurationPriority takes slot 2, and after a reset the station comes by it'
            : undefined
        },
      },
    })
  })

  test('[2.0.1 B11] Reset', async () => {
    await using lab = await startLab2x(version)
    await lab.connect({ speed: 60 })
    await evidence.shows(lab, 'Reset', {
      call: () => lab.command('Reset', { type: 'Immediate' }),
      csms: {
        clause: '2.0.1 B11',
        async effect() {
          const { bootReason } = (await lab.known<{ readonly bootReason: string }>()) ?? {}
          return bootReason === 'RemoteReset'
            ? `the station is stored as booted anew: ${bootReason}`
            : undefined
        },
      },
      station: {
        clause: '2.0.1 B11.FR.01',
        effect: ({ frames }) =>
          frames.some(isSecondBoot)
            ? 'it leaves, and BootNotification comes on a new WebSocket'
            : undefined,
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})

function isSecondBoot({ action, kind, connection }: TappedFrame): boolean {
  return action === 'BootNotification' && kind === 'result' && connection === 2
}
