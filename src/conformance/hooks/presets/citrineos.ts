import type { OcppVersion } from '../../../ocpp/version.ts'
import { fieldOf } from './field-of.ts'
import type { Preset } from './preset.ts'

/** Which module of CitrineOS (1.8.3) sends what; the path names it. */
const modules: Readonly<Partial<Record<OcppVersion, Readonly<Record<string, readonly string[]>>>>> =
  {
    'ocpp1.6': {
      configuration: [
        'TriggerMessage',
        'ChangeConfiguration',
        'GetConfiguration',
        'Reset',
        'ChangeAvailability',
        'UpdateFirmware',
        'DataTransfer',
      ],
      evdriver: [
        'RemoteStartTransaction',
        'RemoteStopTransaction',
        'UnlockConnector',
        'ClearCache',
      ],
      reporting: ['GetDiagnostics'],
      smartcharging: ['SetChargingProfile', 'ClearChargingProfile', 'GetCompositeSchedule'],
    },
    'ocpp2.0.1': {
      certificates: [
        'CertificateSigned',
        'InstallCertificate',
        'GetInstalledCertificateIds',
        'DeleteCertificate',
      ],
      configuration: [
        'SetNetworkProfile',
        'ClearDisplayMessage',
        'GetDisplayMessages',
        'PublishFirmware',
        'SetDisplayMessage',
        'UnpublishFirmware',
        'UpdateFirmware',
        'Reset',
        'ChangeAvailability',
        'TriggerMessage',
        'DataTransfer',
      ],
      evdriver: [
        'RequestStartTransaction',
        'RequestStopTransaction',
        'CancelReservation',
        'ReserveNow',
        'UnlockConnector',
        'ClearCache',
        'SendLocalList',
        'GetLocalListVersion',
      ],
      monitoring: [
        'SetVariableMonitoring',
        'ClearVariableMonitoring',
        'SetMonitoringLevel',
        'SetMonitoringBase',
        'SetVariables',
        'GetVariables',
      ],
      reporting: [
        'GetBaseReport',
        'GetReport',
        'GetMonitoringReport',
        'GetLog',
        'CustomerInformation',
      ],
      smartcharging: [
        'ClearChargingProfile',
        'GetChargingProfiles',
        'SetChargingProfile',
        'GetCompositeSchedule',
      ],
      transactions: ['CostUpdated', 'GetTransactionStatus'],
    },
  }

/**
 * The message API of CitrineOS: the body is the payload of the CALL. The tenant is 1 unless the URL of
 * the API says another: `http://127.0.0.1:8080?tenantId=2`.
 */
export const citrineosPreset: Preset = {
  title: 'POST {api}/ocpp/{1.6 or 2.0.1}/{module}/{action}, the payload as its body',
  can: (version, action) => moduleOf(version, action) !== undefined,
  request: ({ stationId, version, action, payload }) => ({
    method: 'POST',
    path: `/ocpp/${version.slice('ocpp'.length)}/${moduleOf(version, action) ?? ''}/${lowerFirst(action)}`,
    query: { identifier: stationId, tenantId: '1' },
    body: payload,
  }),
  // It looks a transaction up before it sends anything about it.
  unable(_status, body) {
    const words = fieldOf(refusedIn(body), 'payload')
    if (typeof words !== 'string' || !/^Transaction \S+ not found/.test(words)) return undefined
    return `CitrineOS: ${words}`
  },
  // It answers 200 where nothing went out, too.
  fault(body) {
    const refused = refusedIn(body)
    if (refused === undefined) return undefined
    return `CitrineOS did not send it: ${JSON.stringify(refused).slice(0, 300)}`
  },
}

function moduleOf(version: OcppVersion, action: string): string | undefined {
  const found = Object.entries(modules[version] ?? {}).find(([, actions]) =>
    actions.includes(action),
  )
  return found?.[0]
}

function lowerFirst(action: string): string {
  return action.slice(0, 1).toLowerCase() + action.slice(1)
}

/** The first of its confirmations that is none; undefined where all are. */
function refusedIn(body: unknown): unknown {
  const confirmations: readonly unknown[] = Array.isArray(body) ? body : [body]
  return confirmations.find((one) => fieldOf(one, 'success') !== true)
}
