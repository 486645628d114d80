import { isIP } from 'node:net'
import { connect, type PeerCertificate, type SecureVersion } from 'node:tls'
import type { KeyPair } from '../ocpp/dial.ts'

/** What a TLS client offers. */
export interface TlsOffer {
  /** The highest version; what is below is offered, too. Default: the highest that there is. */
  readonly version?: SecureVersion
  /** OpenSSL's names, with `:` between them; default: Node's own list. */
  readonly ciphers?: string
  /** Shown where the server asks for it. */
  readonly client?: KeyPair
}

/** What both sides agreed on, or how the server put an end to it. */
export type TlsOutcome =
  | ({ readonly kind: 'agreed' } & TlsAgreement)
  | { readonly kind: 'refused'; readonly detail: string }
  | { readonly kind: 'timeout'; readonly detail: string }

export interface TlsAgreement {
  /** `TLSv1.2`, `TLSv1.3` */
  readonly protocol: string
  /** OpenSSL's name. */
  readonly cipher: string
  readonly key: 'rsa' | 'ec'
  readonly keyBits: number
  /** CN of the server's certificate; empty for none. */
  readonly commonName: string
  /** Upper-case hexadecimal. */
  readonly serialNumber: string
  /** Why the server's certificate is not to be trusted, as OpenSSL calls it; undefined = it is. */
  readonly fault: string | undefined
}

/**
 * Shakes hands with a TLS server and goes away. Rejects only where `client` is no key pair. Versions
 * before 1.2 and their suites are offered where they are asked for: a client that refused them itself
 * would prove nothing.
 *
 * @param ca PEM of the authorities that the server's certificate is to come from
 */
export function tlsHandshake(
  url: string,
  { version = 'TLSv1.3', ciphers, client }: TlsOffer,
  { ca, timeoutMs }: { readonly ca?: string | undefined; readonly timeoutMs: number },
): Promise<TlsOutcome> {
  const { hostname, port } = new URL(url)
  const host = hostname.replace(/^\[(.*)\]$/, '$1')
  const old = version === 'TLSv1' || version === 'TLSv1.1'
  const suites = ciphers ?? (old ? 'DEFAULT@SECLEVEL=0' : undefined)
  return new Promise((resolve) => {
    const socket = connect({
      host,
      port: Number(port || 443),
      servername: isIP(host) === 0 ? host : '',
      minVersion: 'TLSv1',
      maxVersion: version,
      ...(suites !== undefined && { ciphers: suites }),
      ...(ca !== undefined && { ca }),
      ...client,
      rejectUnauthorized: false,
      timeout: timeoutMs,
    })
    const over = (outcome: TlsOutcome) => {
      resolve(outcome)
      socket.destroy()
    }
    socket.once('secureConnect', () => {
      const certificate = socket.getPeerCertificate()
      const { authorized, authorizationError } = socket
      over({
        kind: 'agreed',
        protocol: socket.getProtocol() ?? '',
        cipher: socket.getCipher().name,
        ...keyOf(certificate),
        commonName: [certificate.subject?.CN].flat()[0] ?? '',
        serialNumber: certificate.serialNumber ?? '',
        fault: authorized ? undefined : String(authorizationError ?? 'not verified'),
      })
    })
    socket.once('timeout', () => over({ kind: 'timeout', detail: `silence for ${timeoutMs} ms` }))
    socket.once('error', (error: NodeJS.ErrnoException) => {
      const { code = '', message } = error
      over({ kind: 'refused', detail: code === '' ? message : code })
    })
    socket.once('end', () => over({ kind: 'refused', detail: 'the server hung up' }))
  })
}

function keyOf(certificate: Partial<PeerCertificate>): Pick<TlsAgreement, 'key' | 'keyBits'> {
  const { modulus, bits = 0 } = certificate
  return { key: modulus === undefined ? 'ec' : 'rsa', keyBits: bits }
}
