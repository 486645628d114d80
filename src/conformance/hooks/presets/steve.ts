import { fillValue } from '../template.ts'
import { fieldOf } from './field-of.ts'
import type { Preset } from './preset.ts'
import { steveTokens } from './steve-tokens.ts'

/**
 * By action of 1.6, how SteVe's operations say the payload. Charging profiles, certificates to delete
 * and signed certificates are rows of its database there, and cannot be said at all.
 */
const bodies: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  CancelReservation: { reservationId: '{{reservationId}}' },
  ChangeAvailability: { connectorId: '{{connectorId}}', availType: '{{type}}' },
  ChangeConfiguration: { keyType: 'CUSTOM', customConfKey: '{{key}}', value: '{{value}}' },
  ClearCache: {},
  DataTransfer: { vendorId: '{{vendorId}}', messageId: '{{messageId}}', data: '{{data}}' },
  ExtendedTriggerMessage: {
    triggerMessage: '{{requestedMessage}}',
    connectorId: '{{connectorId}}',
  },
  GetCompositeSchedule: {
    connectorId: '{{connectorId}}',
    durationInSeconds: '{{duration}}',
    chargingRateUnit: '{{chargingRateUnit}}',
  },
  GetConfiguration: { commaSeparatedCustomConfKeys: '{{keys}}' },
  GetDiagnostics: {
    location: '{{location}}',
    retries: '{{retries}}',
    retryInterval: '{{retryInterval}}',
    start: '{{startTime}}',
    stop: '{{stopTime}}',
  },
  GetInstalledCertificateIds: { certificateType: '{{certificateType}}' },
  GetLocalListVersion: {},
  GetLog: {
    logType: '{{logType}}',
    location: '{{log.remoteLocation}}',
    start: '{{log.oldestTimestamp}}',
    stop: '{{log.latestTimestamp}}',
    retries: '{{retries}}',
    retryInterval: '{{retryInterval}}',
  },
  InstallCertificate: {
    certificateType: '{{certificateType}}',
    certificate: '{{certificate}}',
  },
  RemoteStartTransaction: { connectorId: '{{connectorId}}', idTag: '{{idTag}}' },
  RemoteStopTransaction: { transactionId: '{{transactionId}}' },
  ReserveNow: { connectorId: '{{connectorId}}', expiry: '{{expiryDate}}', idTag: '{{idTag}}' },
  Reset: { resetType: '{{type}}' },
  SendLocalList: {
    listVersion: '{{listVersion}}',
    updateType: '{{updateType}}',
    sendEmptyListWhenFull: '{{isEmpty}}',
    addUpdateList: '{{added}}',
    deleteList: '{{removed}}',
  },
  SignedUpdateFirmware: {
    location: '{{firmware.location}}',
    retrieveDateTime: '{{firmware.retrieveDateTime}}',
    installDateTime: '{{firmware.installDateTime}}',
    signingCertificate: '{{firmware.signingCertificate}}',
    signature: '{{firmware.signature}}',
    retries: '{{retries}}',
    retryInterval: '{{retryInterval}}',
  },
  TriggerMessage: { triggerMessage: '{{requestedMessage}}', connectorId: '{{connectorId}}' },
  UnlockConnector: { connectorId: '{{connectorId}}' },
  UpdateFirmware: {
    location: '{{location}}',
    retrieveDateTime: '{{retrieveDate}}',
    retries: '{{retries}}',
    retryInterval: '{{retryInterval}}',
  },
}

/**
 * The REST API of SteVe (OCPP 1.6): Basic auth of its web users, URL as far as `/steve`. It picks
 * reservation and request ids itself.
 */
export const stevePreset: Preset = {
  title: 'POST {api}/api/v1/operations/{action}, in the words of SteVe',
  can: (version, action) => version === 'ocpp1.6' && Object.hasOwn(bodies, action),
  cannot: ({ action, payload }) =>
    action === 'RemoteStartTransaction' && fieldOf(payload, 'chargingProfile') !== undefined
      ? 'charging profiles are rows of the database of SteVe'
      : undefined,
  request: ({ stationId, action, payload }) => ({
    method: 'POST',
    path: `/api/v1/operations/${action}`,
    body: {
      chargeBoxIdList: [stationId],
      ...(fillValue(bodies[action], { ...payload, ...listsOf(payload) }) as object),
    },
  }),
  fault(body) {
    const exceptions = fieldOf(body, 'exceptions')
    if (!Array.isArray(exceptions) || exceptions.length === 0) return undefined
    return `SteVe did not send it: ${JSON.stringify(exceptions[0]).slice(0, 300)}`
  },
  // A reservation that it did not make, or that ended.
  unable(status, body) {
    const message = fieldOf(body, 'message')
    if (status !== 400 || typeof message !== 'string') return undefined
    return message.includes('reservation is not active') ? `SteVe: ${message}` : undefined
  },
  ...steveTokens,
}

/** What SteVe says in another shape than OCPP: configuration keys in one text, list entries by name. */
function listsOf(payload: object): Readonly<Record<string, unknown>> {
  const keys = fieldOf(payload, 'key')
  const entries = fieldOf(payload, 'localAuthorizationList')
  const list: readonly unknown[] = Array.isArray(entries) ? entries : []
  const named = (wanted: boolean) =>
    list.flatMap((entry) =>
      (fieldOf(entry, 'idTagInfo') !== undefined) === wanted ? [fieldOf(entry, 'idTag')] : [],
    )
  return {
    ...(Array.isArray(keys) && { keys: keys.join(',') }),
    isEmpty: list.length === 0,
    added: named(true),
    removed: named(false),
  }
}
