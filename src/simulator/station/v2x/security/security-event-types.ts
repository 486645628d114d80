/**
 * The security events of 2.x [2.0.1 Part 2 appendix 1], and whether the CSMS hears of them: `routine`
 * ones are critical, but come with every boot, `alarm` ones are critical, and `logged` ones stay in the
 * security log.
 */
const kinds = {
  FirmwareUpdated: 'alarm',
  FailedToAuthenticateAtCsms: 'logged',
  CsmsFailedToAuthenticate: 'logged',
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
  InvalidCsmsCertificate: 'alarm',
  InvalidChargingStationCertificate: 'alarm',
  /** 2.1 */
  DiscardedRenewedClientCertificate: 'alarm',
  InvalidTLSVersion: 'alarm',
  InvalidTLSCipherSuite: 'alarm',
} as const

export type SecurityEvent2x = keyof typeof kinds

/**
 * @param secured the station uses TLS. Without it, a lab is spared the messages of every boot; they
 * are in the log all the same [2.0.1 A04.FR.04].
 */
export function isPushed(type: SecurityEvent2x, secured: boolean): boolean {
  const kind = kinds[type]
  return kind === 'alarm' || (kind === 'routine' && secured)
}
