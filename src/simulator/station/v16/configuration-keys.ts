import { measurandList } from './measurands.ts'

/** What a value must be; undefined for a good one, otherwise why not. */
type Check = (value: string) => string | undefined

export interface ConfigurationKey {
  readonly readonly: boolean
  readonly initial: string
  readonly check: Check
}

function whole(min: number, max = 2 ** 31 - 1): Check {
  return (value) => {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    return number >= min && number <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`
  }
}

const flag: Check = (value) => (/^(true|false)$/i.test(value) ? undefined : 'must be true or false')

const measurands: Check = (value) =>
  measurandList(value) ? undefined : 'names a measurand that this station cannot measure'

const rotation: Check = (value) =>
  /^(\d+\.)?(NotApplicable|Unknown|R[ST]{2}|S[RT]{2}|T[RS]{2})(,\s*\d+\.(NotApplicable|Unknown|R[ST]{2}|S[RT]{2}|T[RS]{2}))*$/.test(
    value,
  )
    ? undefined
    : 'must name a rotation such as 1.RST per connector'

const key = (initial: string, check: Check): ConfigurationKey => ({
  readonly: false,
  initial,
  check,
})
const fact = (initial: string): ConfigurationKey => ({
  readonly: true,
  initial,
  check: () => 'is read-only',
})

/**
 * The configuration keys of the stations [1.6 9.1, 9.4], with the values they have where template
 * and CSMS say nothing. The RetryBackOff keys are 2.x variables that our 1.6 stations have too, in
 * seconds; 1.6 leaves the reconnect open.
 */
export const configurationKeys = {
  AllowOfflineTxForUnknownId: key('false', flag),
  AuthorizationCacheEnabled: key('true', flag),
  AuthorizeRemoteTxRequests: key('true', flag),
  ClockAlignedDataInterval: key('0', whole(0)),
  ConnectionTimeOut: key('60', whole(0)),
  ConnectorPhaseRotation: key('0.RST', rotation),
  GetConfigurationMaxKeys: fact('100'),
  HeartbeatInterval: key('300', whole(1)),
  LocalAuthorizeOffline: key('true', flag),
  LocalPreAuthorize: key('false', flag),
  MeterValueSampleInterval: key('60', whole(0)),
  MeterValuesAlignedData: key('Energy.Active.Import.Register', measurands),
  MeterValuesSampledData: key('Energy.Active.Import.Register,Power.Active.Import', measurands),
  NumberOfConnectors: fact(''),
  ResetRetries: key('0', whole(0)),
  RetryBackOffRandomRange: key('5', whole(0)),
  RetryBackOffRepeatTimes: key('5', whole(0, 20)),
  RetryBackOffWaitMinimum: key('1', whole(0)),
  StopTransactionOnEVSideDisconnect: key('true', flag),
  StopTransactionOnInvalidId: key('true', flag),
  StopTxnAlignedData: key('', measurands),
  StopTxnSampledData: key('', measurands),
  SupportedFeatureProfiles: fact('Core,RemoteTrigger'),
  TransactionMessageAttempts: key('3', whole(1)),
  TransactionMessageRetryInterval: key('60', whole(0)),
  UnlockConnectorOnEVSideDisconnect: fact('true'),
  WebSocketPingInterval: key('0', whole(0)),
} as const satisfies Record<string, ConfigurationKey>

export type KeyName = keyof typeof configurationKeys

/** Keys are compared without regard to case: CiString [1.6 7.13]. */
const byLowerCase = new Map(
  (Object.keys(configurationKeys) as KeyName[]).map((name) => [name.toLowerCase(), name]),
)

export function keyNamed(name: string): KeyName | undefined {
  return byLowerCase.get(name.toLowerCase())
}
