import { expect, test } from 'vitest'
import { eventOfFailure } from './connect-failures.ts'

/** What OpenSSL and Node say, as a station's dial hands it on. */
test.each([
  ['unable to verify the first certificate', 'InvalidCentralSystemCertificate'],
  ['certificate has expired', 'InvalidCentralSystemCertificate'],
  ["Hostname/IP does not match certificate's altnames", 'InvalidCentralSystemCertificate'],
  ['unable to get local issuer certificate', 'InvalidCentralSystemCertificate'],
  ['tlsv1 alert protocol version', 'InvalidTLSVersion'],
  ['error:0A000102:SSL routines::unsupported protocol', 'InvalidTLSVersion'],
  ['error:0A000410:SSL routines::sslv3 alert handshake failure', 'InvalidTLSCipherSuite'],
  ['tlsv13 alert certificate required', 'FailedToAuthenticationAtCentralSystem'],
  ['tlsv1 alert unknown ca', 'FailedToAuthenticationAtCentralSystem'],
  ['the connection was reset', undefined],
])('"%s" is %s', (detail, event) => {
  const failed = { kind: 'connectFailed', failure: 'tls', detail, httpStatus: undefined } as const
  expect(eventOfFailure(failed)).toBe(event)
})

test.each([
  [401, 'FailedToAuthenticationAtCentralSystem'],
  [403, 'FailedToAuthenticationAtCentralSystem'],
  [404, undefined],
])('HTTP %i is %s', (httpStatus, event) => {
  const failed = { kind: 'connectFailed', failure: 'http', detail: '', httpStatus } as const
  expect(eventOfFailure(failed)).toBe(event)
})
