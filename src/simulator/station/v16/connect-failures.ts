import type { Occurrence } from '../behaviour.ts'
import type { SecurityEvent16 } from './security-event-types.ts'

type ConnectFailed = Extract<Occurrence, { kind: 'connectFailed' }>

/** By what OpenSSL says; the first that fits. */
const tlsFailures: readonly (readonly [RegExp, SecurityEvent16])[] = [
  [
    /protocol version|unsupported protocol|wrong version|inappropriate fallback/i,
    'InvalidTLSVersion',
  ],
  // A server's alert that names the certificate means the station's.
  [/alert .*(certificate|unknown ca|access denied)/i, 'FailedToAuthenticationAtCentralSystem'],
  [/no shared cipher|handshake failure|no ciphers|insufficient security/i, 'InvalidTLSCipherSuite'],
  [/certificate|altnames|issuer/i, 'InvalidCentralSystemCertificate'],
]

/** The security event that a failed attempt to connect is, if any [1.6 SWP A00.FR.309, A00.FR.315]. */
export function eventOfFailure({
  failure,
  detail,
  httpStatus,
}: ConnectFailed): SecurityEvent16 | undefined {
  if (failure === 'http' && (httpStatus === 401 || httpStatus === 403)) {
    return 'FailedToAuthenticationAtCentralSystem'
  }
  if (failure !== 'tls') return undefined
  return tlsFailures.find(([text]) => text.test(detail))?.[1]
}
