/**
 * The security events of 1.6 [1.6 SWP 8], and whether the CSMS hears of them: `routine` ones are
 * critical, but come with every boot, `alarm` ones are critical or named by a requirement that wants
 * them sent, and `logged` ones stay in the security log.
 */
const kinds = {
  FirmwareUpdated: 'alarm',
  FailedToAuthenticationAtCentralSystem: 'logged',
  CentralSystemFailedToAuthentication: 'logged',
  SettingSystemTime: 'routine',
  StartupOfTheDevice: 'routine',
  ResetOrReboot: 'routine',
  SecurityLogWasCleared: 'alarm',
  ReconfigurationOfSecurityParameters: 'logged',
  MemoryExhaustion: 'alarm',
  InvalidMessages: 'logged',
  AttemptedReplayAttacks: 'logged',
  TamperDetectionActivated: 'alarm',
  InvalidFirmwareSignature: 'alarm',
  InvalidFirmwareSigningCertificate: 'alarm',
  InvalidCentralSystemCertificate: 'alarm',
  InvalidChargePointCertificate: 'alarm',
  InvalidTLSVersion: 'alarm',
  InvalidTLSCipherSuite: 'alarm',
} as const

export type SecurityEvent16 = keyof typeof kinds

/**
 * @param secured the station uses TLS. A password alone is older than the whitepaper: such a station
 * is spared the messages of every boot.
 */
export function isPushed(type: SecurityEvent16, secured: boolean): boolean {
  const kind = kinds[type]
  return kind === 'alarm' || (kind === 'routine' && secured)
}
