import type { Duplex } from 'node:stream'
import { type PeerCertificate as NodeCertificate, TLSSocket } from 'node:tls'
import { realClock } from '../platform/real-clock.ts'

/** What TLS established before an upgrade; plain data. */
export interface PeerTls {
  /** `TLSv1.2`, `TLSv1.3` */
  readonly protocol: string
  /** By its standard name, `TLS_AES_128_GCM_SHA256`. */
  readonly cipher: string
  readonly resumed: boolean
  /** Undefined: the peer presented none, or none was asked for. */
  readonly certificate: ClientCertificate | undefined
}

/** A client certificate as far as admission looks at it. */
export interface ClientCertificate {
  /** Common names of the subject [1.6 SWP A00.FR.405]. */
  readonly commonNames: readonly string[]
  /** Organisations of the subject [1.6 SWP A00.FR.404]. */
  readonly organizations: readonly string[]
  /** DNS names and URIs of the subject's alternative names. */
  readonly alternativeNames: readonly string[]
  /** Upper-case hexadecimal without leading zeros. */
  readonly serialNumber: string
  readonly validTo: string
  /**
   * Why it is not to be trusted, as OpenSSL calls it (`CERT_HAS_EXPIRED`); undefined = it is. Of several
   * reasons one: what has expired may be a stranger's, too, so that no fault may be overlooked
   * (A00.FR.429 would take a check of the chain of its own).
   */
  readonly fault: string | undefined
}

/** Undefined where the connection is not encrypted. */
export function peerTls(socket: Duplex): PeerTls | undefined {
  if (!(socket instanceof TLSSocket)) return undefined
  const presented = socket.getPeerCertificate() as Partial<NodeCertificate> | undefined
  return {
    protocol: socket.getProtocol() ?? '',
    cipher: socket.getCipher()?.standardName ?? '',
    resumed: socket.isSessionReused(),
    certificate: presented?.raw
      ? clientCertificate(presented, faultOf(socket, presented))
      : undefined,
  }
}

function clientCertificate(
  { subject, subjectaltname, serialNumber = '', valid_to = '' }: Partial<NodeCertificate>,
  fault: string | undefined,
): ClientCertificate {
  // Node shows an attribute that occurs several times as an array.
  const names = subject as Readonly<Record<string, string | readonly string[]>> | undefined
  return {
    commonNames: listOf(names?.['CN']),
    organizations: listOf(names?.['O']),
    alternativeNames: alternativeNames(subjectaltname ?? ''),
    serialNumber: serialNumber.toUpperCase().replace(/^0+(?=.)/, ''),
    validTo: valid_to,
    fault,
  }
}

/** `authorizationError` is a code, although its type says that it is an Error. */
function faultOf(
  { authorized, authorizationError }: TLSSocket,
  { valid_to = '' }: Partial<NodeCertificate>,
): string | undefined {
  if (!authorized) return String(authorizationError ?? 'not verified')
  // OpenSSL asked when the session began; one that is resumed may have outlived its certificate.
  return realClock.wallMs() < Date.parse(valid_to) ? undefined : 'CERT_HAS_EXPIRED'
}

function listOf(value: string | readonly string[] | undefined): readonly string[] {
  if (value === undefined) return []
  return typeof value === 'string' ? [value] : value
}

/** Names with special characters, which Node puts in quotes, match no identity. */
function alternativeNames(text: string): readonly string[] {
  return text
    .split(', ')
    .map((entry) => /^(?:DNS|URI):(?!")(.+)$/.exec(entry)?.[1])
    .filter((name) => name !== undefined)
}
