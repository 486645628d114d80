import { constants, createHash, createPrivateKey, X509Certificate } from 'node:crypto'
import type { TlsOptions } from 'node:tls'
import type { KeyPair } from '../ocpp/dial.ts'

/** How a server speaks TLS: plain data, so that it can be handed to another process. */
export interface ServerTls {
  /**
   * One with an RSA key and one with an ECDSA key serve all of the mandatory suites; each peer is
   * shown the one that it can use.
   */
  readonly certificates: readonly KeyPair[]
  /** PEM of the authorities that station certificates come from; undefined = none is asked for. */
  readonly clientCa?: string | undefined
  /** 48 bytes that session tickets are sealed with; the same for all who serve one port. */
  readonly ticketKeys?: Uint8Array | undefined
}

/**
 * The four suites that every CSMS must offer [1.6 SWP A00.FR.317, A00.FR.421], those of TLS 1.3, and
 * the two with forward secrecy for RSA keys, which go before the two without. No other is offered.
 */
export const suites = [
  'TLS_AES_128_GCM_SHA256',
  'TLS_AES_256_GCM_SHA384',
  'TLS_CHACHA20_POLY1305_SHA256',
  'ECDHE-ECDSA-AES128-GCM-SHA256',
  'ECDHE-ECDSA-AES256-GCM-SHA384',
  'ECDHE-RSA-AES128-GCM-SHA256',
  'ECDHE-RSA-AES256-GCM-SHA384',
  'AES128-GCM-SHA256',
  'AES256-GCM-SHA384',
].join(':')

/**
 * As Node takes them. A client certificate is asked for and not insisted on here: who may come in is
 * decided at the upgrade, where the reason can be told. Throws for what is no certificate, or not that
 * of its key.
 */
export function serverTlsOptions({ certificates, clientCa, ticketKeys }: ServerTls): TlsOptions {
  const asks = clientCa !== undefined
  certificates.forEach(checkPair)
  return {
    cert: certificates.map(({ cert }) => cert),
    key: certificates.map(({ key }) => key),
    // Before 1.2 no exception [1.6 SWP A00.FR.313].
    minVersion: 'TLSv1.2',
    // Level 2: no key of less than 112 bits of security, theirs or ours [1.6 SWP A00.FR.501-503].
    ciphers: `${suites}:@SECLEVEL=2`,
    honorCipherOrder: true,
    // Nobody needs it, and each costs as much as a handshake.
    secureOptions: constants.SSL_OP_NO_RENEGOTIATION,
    // Sessions that carry a client certificate are only resumed within one context.
    sessionIdContext: createHash('sha256').update('csms').digest('hex').slice(0, 32),
    requestCert: asks,
    rejectUnauthorized: false,
    ...(asks && { ca: clientCa }),
    ...(ticketKeys && { ticketKeys: Buffer.from(ticketKeys) }),
  }
}

/** OpenSSL takes an RSA certificate and an ECDSA key for halves of two pairs, and says nothing. */
function checkPair({ cert, key }: KeyPair, at: number): void {
  if (new X509Certificate(cert).checkPrivateKey(createPrivateKey(key))) return
  throw new TypeError(`certificate ${at + 1} is not that of key ${at + 1}`)
}
