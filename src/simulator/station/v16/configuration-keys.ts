import type { StationTemplate } from '../../scenario/plan.ts'
import { isSocket } from '../evse.ts'
import {
  authorizationKey,
  type Check,
  flag,
  measurands,
  profiles,
  rotations,
  someOf,
  text,
  whole,
  workedOut,
} from './configuration-checks.ts'
import { type FeatureProfile, featureProfiles } from './feature-profiles.ts'
import { longestTransactionData } from './transaction.ts'

export interface ConfigurationKey {
  /** The CSMS may read it only; a template may set it nonetheless. */
  readonly readonly: boolean
  /** The CSMS may set it and never reads it back [1.6 SWP 7.2]. */
  readonly writeOnly?: true
  readonly initial: string
  /** What an empty value stands for. */
  readonly whenEmpty?: string
  readonly check: Check
  /** The value that follows from the template, where that does not name one. */
  readonly workedOut?: (template: StationTemplate) => string
  /** Read-only on stations built like this. */
  readonly fixedOn?: (template: StationTemplate) => boolean
  /** The key that says how many items this list may have [1.6 5.3]. */
  readonly limit?: string
  /** A station without this profile does not know the key. */
  readonly profile?: FeatureProfile
}

type Details = Omit<ConfigurationKey, 'readonly' | 'initial' | 'check'>

const key = (initial: string, check: Check, details: Details = {}): ConfigurationKey => ({
  readonly: false,
  initial,
  check,
  ...details,
})

const fact = (initial: string, check: Check, details: Details = {}): ConfigurationKey => ({
  readonly: true,
  initial,
  check,
  ...details,
})

const localList = { profile: 'LocalAuthListManagement' } as const
const reservation = { profile: 'Reservation' } as const
const smartCharging = { profile: 'SmartCharging' } as const
const firmwareManagement = { profile: 'FirmwareManagement' } as const

/**
 * The configuration keys of the stations [1.6 9, errata 3.80-3.91, SWP 7], with the values they have
 * where template and CSMS say nothing. The RetryBackOff keys are 2.x variables that our 1.6 stations
 * have too, in seconds; 1.6 leaves the reconnect open.
 */
export const configurationKeys = {
  AdditionalRootCertificateCheck: fact('false', flag),
  AllowOfflineTxForUnknownId: key('false', flag),
  AuthorizationCacheEnabled: key('true', flag),
  AuthorizationKey: key('', authorizationKey, { writeOnly: true }),
  AuthorizeRemoteTxRequests: key('true', flag),
  BlinkRepeat: key('3', whole(0, 100)),
  CertificateSignedMaxChainSize: fact('10000', whole(1, 10_000)),
  CertificateStoreMaxLength: fact('20', whole(1, 1000)),
  ChargeProfileMaxStackLevel: fact('10', whole(0, 1000), smartCharging),
  ChargingScheduleAllowedChargingRateUnit: fact(
    'Current,Power',
    someOf('Current', 'Power'),
    smartCharging,
  ),
  ChargingScheduleMaxPeriods: fact('100', whole(1, 10_000), smartCharging),
  ClockAlignedDataInterval: key('0', whole(0, 86_400)),
  ConnectionTimeOut: key('60', whole(0)),
  ConnectorPhaseRotation: key('', rotations, {
    workedOut: phaseRotation,
    limit: 'ConnectorPhaseRotationMaxLength',
  }),
  ConnectorPhaseRotationMaxLength: fact('', whole(1, 1000), {
    workedOut: (template) => String(connectorsOf(template).length + 1),
  }),
  ConnectorSwitch3to1PhaseSupported: fact('false', flag, smartCharging),
  CpoName: key('', text(1, 64)),
  /** Of our stations: what DataTransfer DisplayText put on the display. */
  DisplayText: fact('', text(0, 200)),
  GetConfigurationMaxKeys: fact('100', whole(1, 10_000)),
  HeartbeatInterval: key('300', whole(1)),
  LightIntensity: key('100', whole(0, 100)),
  LocalAuthListEnabled: key('true', flag, localList),
  LocalAuthListMaxLength: fact('1000', whole(0, 100_000), localList),
  LocalAuthorizeOffline: key('true', flag),
  LocalPreAuthorize: key('false', flag),
  MaxChargingProfilesInstalled: fact('50', whole(1, 1000), smartCharging),
  MaxEnergyOnInvalidId: key('0', whole(0)),
  MessageTimeout: key('', whole(1, 3600), {
    workedOut: ({ callTimeoutMs }) => String(Math.max(1, Math.ceil(callTimeoutMs / 1000))),
  }),
  MeterValueSampleInterval: key('60', whole(0)),
  MeterValuesAlignedData: key('Energy.Active.Import.Register', measurands, {
    limit: 'MeterValuesAlignedDataMaxLength',
    whenEmpty: 'Energy.Active.Import.Register',
  }),
  MeterValuesAlignedDataMaxLength: fact('30', whole(1, 100)),
  MeterValuesSampledData: key('Energy.Active.Import.Register,Power.Active.Import', measurands, {
    limit: 'MeterValuesSampledDataMaxLength',
    whenEmpty: 'Energy.Active.Import.Register',
  }),
  MeterValuesSampledDataMaxLength: fact('30', whole(1, 100)),
  MinimumStatusDuration: key('0', whole(0, 86_400)),
  NumberOfConnectors: fact('', workedOut, {
    workedOut: (template) => String(connectorsOf(template).length),
  }),
  ReservationEnabled: key('true', flag, reservation),
  ReserveConnectorZeroSupported: fact('true', flag, reservation),
  ResetRetries: key('0', whole(0, 100)),
  RetryBackOffRandomRange: key('5', whole(0)),
  RetryBackOffRepeatTimes: key('5', whole(0, 20)),
  RetryBackOffWaitMinimum: key('1', whole(0)),
  SecurityProfile: key('0', whole(0, 3)),
  SendLocalListMaxLength: fact('500', whole(1, 100_000), localList),
  StopTransactionMaxMeterValues: fact(
    String(longestTransactionData),
    whole(2, longestTransactionData),
  ),
  StopTransactionOnEVSideDisconnect: key('true', flag),
  StopTransactionOnInvalidId: key('true', flag),
  StopTxnAlignedData: key('', measurands, { limit: 'StopTxnAlignedDataMaxLength' }),
  StopTxnAlignedDataMaxLength: fact('30', whole(1, 100)),
  StopTxnSampledData: key('', measurands, { limit: 'StopTxnSampledDataMaxLength' }),
  StopTxnSampledDataMaxLength: fact('30', whole(1, 100)),
  SupportedFeatureProfiles: fact(featureProfiles.join(','), profiles),
  SupportedFeatureProfilesMaxLength: fact(String(featureProfiles.length), whole(1, 6)),
  SupportedFileTransferProtocols: fact(
    'FTP,HTTP,HTTPS',
    someOf('FTP', 'FTPS', 'HTTP', 'HTTPS'),
    firmwareManagement,
  ),
  TransactionMessageAttempts: key('3', whole(1)),
  TransactionMessageRetryInterval: key('60', whole(0)),
  UnlockConnectorOnEVSideDisconnect: key('true', flag, {
    workedOut: (template) => String(!hasFixedCables(template)),
    fixedOn: hasFixedCables,
  }),
  WebSocketPingInterval: key('0', whole(0)),
} as const satisfies Record<string, ConfigurationKey>

export type KeyName = keyof typeof configurationKeys

/** What is known of a key, whichever of the optional details it has. */
export function keySpec(name: KeyName): ConfigurationKey {
  return configurationKeys[name]
}

export const keyNames = Object.keys(configurationKeys) as readonly KeyName[]

/** Keys are compared without regard to case: CiString [1.6 7.17]. */
const byLowerCase = new Map(keyNames.map((name) => [name.toLowerCase(), name]))

export function keyNamed(name: string): KeyName | undefined {
  return byLowerCase.get(name.toLowerCase())
}

function connectorsOf({ evses }: StationTemplate): readonly string[] {
  return evses.flatMap(({ connectors }) => connectors)
}

/** A station without any socket has no cable to unlock on its side [1.6 errata 3.84]. */
function hasFixedCables(template: StationTemplate): boolean {
  return !connectorsOf(template).some(isSocket)
}

/** Each connector as it is wired, behind the main meter [1.6 9.1.7]. */
function phaseRotation({ evses }: StationTemplate): string {
  const rotations = evses.flatMap(({ connectors, current, phases }) =>
    connectors.map(() => (current === 'DC' || phases === 1 ? 'NotApplicable' : 'RST')),
  )
  return ['RST', ...rotations]
    .map((rotation, connectorId) => `${connectorId}.${rotation}`)
    .join(',')
}
