import type { Occurrence } from './behaviour.ts'

type ConnectFailed = Extract<Occurrence, { kind: 'connectFailed' }>

/** What a failed attempt to connect tells about security; each version has its own spelling. */
export type SecurityFailure =
  | 'tlsVersion'
  | 'cipherSuite'
  /** The management system's certificate. */
  | 'csmsCertificate'
  /** It did not let the station in. */
  | 'stationRefused'

/** By what OpenSSL says; the first that fits. */
const tlsFailures: readonly (readonly [RegExp, SecurityFailure])[] = [
  [/protocol version|unsupported protocol|wrong version|inappropriate fallback/i, 'tlsVersion'],
  // A server's alert that names the certificate means the station's.
  [/alert .*(certificate|unknown ca|access denied)/i, 'stationRefused'],
  [/no shared cipher|handshake failure|no ciphers|insufficient security/i, 'cipherSuite'],
  [/certificate|altnames|issuer/i, 'csmsCertificate'],
]

/**
 * What a failed attempt to connect has to do with security, if anything [1.6 SWP A00.FR.309,
 * A00.FR.315] [2.0.1 A00.FR.310, A00.FR.316].
 */
export function securityFailure({
  failure,
  detail,
  httpStatus,
}: ConnectFailed): SecurityFailure | undefined {
  if (failure === 'http' && (httpStatus === 401 || httpStatus === 403)) return 'stationRefused'
  if (failure !== 'tls') return undefined
  return tlsFailures.find(([text]) => text.test(detail))?.[1]
}
