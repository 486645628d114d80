import type { Occurrence } from '../behaviour.ts'
import { type SecurityFailure, securityFailure } from '../connect-failures.ts'
import type { SecurityEvent16 } from './security-event-types.ts'

const events: Readonly<Record<SecurityFailure, SecurityEvent16>> = {
  tlsVersion: 'InvalidTLSVersion',
  cipherSuite: 'InvalidTLSCipherSuite',
  csmsCertificate: 'InvalidCentralSystemCertificate',
  stationRefused: 'FailedToAuthenticationAtCentralSystem',
}

/** The security event that a failed attempt to connect is, if any [1.6 SWP A00.FR.309, A00.FR.315]. */
export function eventOfFailure(
  failed: Extract<Occurrence, { kind: 'connectFailed' }>,
): SecurityEvent16 | undefined {
  const failure = securityFailure(failed)
  return failure && events[failure]
}
