import type { RequestOf, ResponseOf } from '../../src/ocpp/rpc/service.ts'
import type { Actions16, actions16 } from '../../src/ocpp/v16/actions.ts'

type FromCsms = {
  [Action in keyof Actions16]: (typeof actions16)[Action]['from'] extends 'station' ? never : Action
}[keyof Actions16]

type Calls = {
  readonly [Action in FromCsms]: {
    readonly request: RequestOf<Actions16, Action>
    /** What a station that is content answers. */
    readonly accepted: ResponseOf<Actions16, Action>
  }
}

const accepted = { status: 'Accepted' } as const
const later = '2027-01-01T00:00:00.000Z'

const hash = {
  hashAlgorithm: 'SHA256',
  issuerNameHash: 'a1',
  issuerKeyHash: 'b2',
  serialNumber: 'c3',
} as const

const chargingSchedule = {
  chargingRateUnit: 'A' as const,
  chargingSchedulePeriod: [{ startPeriod: 0, limit: 16 }],
}

/** A sound CALL of every action of 1.6 that a CSMS may send, the security whitepaper's included. */
export const csmsCalls16: Calls = {
  ChangeAvailability: { request: { connectorId: 1, type: 'Inoperative' }, accepted },
  ChangeConfiguration: { request: { key: 'HeartbeatInterval', value: '77' }, accepted },
  ClearCache: { request: {}, accepted },
  DataTransfer: { request: { vendorId: 'acme', data: 'x' }, accepted },
  GetConfiguration: {
    request: {},
    accepted: { configurationKey: [{ key: 'HeartbeatInterval', readonly: false, value: '77' }] },
  },
  RemoteStartTransaction: {
    request: {
      connectorId: 1,
      idTag: 'T1',
      chargingProfile: {
        chargingProfileId: 8,
        stackLevel: 0,
        chargingProfilePurpose: 'TxProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule,
      },
    },
    accepted,
  },
  RemoteStopTransaction: { request: { transactionId: 1 }, accepted },
  Reset: { request: { type: 'Soft' }, accepted },
  UnlockConnector: { request: { connectorId: 1 }, accepted: { status: 'Unlocked' } },
  GetDiagnostics: {
    request: { location: 'ftp://files.example/in' },
    accepted: { fileName: 'diagnostics.log' },
  },
  UpdateFirmware: {
    request: { location: 'ftp://files.example/new.bin', retrieveDate: later },
    accepted: {},
  },
  GetLocalListVersion: { request: {}, accepted: { listVersion: 3 } },
  SendLocalList: {
    request: {
      listVersion: 4,
      updateType: 'Full',
      localAuthorizationList: [{ idTag: 'T1', idTagInfo: { status: 'Accepted' } }],
    },
    accepted,
  },
  CancelReservation: { request: { reservationId: 7 }, accepted },
  ReserveNow: {
    request: { connectorId: 1, expiryDate: later, idTag: 'T1', reservationId: 7 },
    accepted,
  },
  ClearChargingProfile: { request: { id: 9 }, accepted },
  GetCompositeSchedule: {
    request: { connectorId: 1, duration: 60 },
    accepted: { status: 'Accepted', connectorId: 1, scheduleStart: later, chargingSchedule },
  },
  SetChargingProfile: {
    request: {
      connectorId: 1,
      csChargingProfiles: {
        chargingProfileId: 9,
        stackLevel: 0,
        chargingProfilePurpose: 'TxDefaultProfile',
        chargingProfileKind: 'Relative',
        chargingSchedule,
      },
    },
    accepted,
  },
  TriggerMessage: { request: { requestedMessage: 'Heartbeat' }, accepted },
  CertificateSigned: { request: { certificateChain: 'PEM' }, accepted },
  DeleteCertificate: { request: { certificateHashData: hash }, accepted },
  ExtendedTriggerMessage: { request: { requestedMessage: 'Heartbeat' }, accepted },
  GetInstalledCertificateIds: {
    request: { certificateType: 'CentralSystemRootCertificate' },
    accepted: { status: 'Accepted', certificateHashData: [hash] },
  },
  GetLog: {
    request: {
      logType: 'SecurityLog',
      requestId: 5,
      log: { remoteLocation: 'ftp://files.example/in' },
    },
    accepted: { status: 'Accepted', filename: 'security.log' },
  },
  InstallCertificate: {
    request: { certificateType: 'ManufacturerRootCertificate', certificate: 'PEM' },
    accepted,
  },
  SignedUpdateFirmware: {
    request: {
      requestId: 6,
      firmware: {
        location: 'ftp://files.example/new.bin',
        retrieveDateTime: later,
        signingCertificate: 'PEM',
        signature: 'c2ln',
      },
    },
    accepted,
  },
}
