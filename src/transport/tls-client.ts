import { X509Certificate } from 'node:crypto'
import { isIP, type TcpNetConnectOpts } from 'node:net'
import {
  type ConnectionOptions,
  checkServerIdentity,
  connect,
  createSecureContext,
  type DetailedPeerCertificate,
  type PeerCertificate,
  type SecureContext,
  type TLSSocket,
} from 'node:tls'
import type { KeyPair, StationTls, TlsHandshake } from '../ocpp/dial.ts'
import { suites } from './tls-settings.ts'

export interface ClientTls {
  /** PEM text of the authorities to trust instead of the system's. */
  readonly ca?: string | undefined
  /** The client certificate of stations that bring none of their own (security profile 3). */
  readonly client?: KeyPair | undefined
  /** Accepts any server certificate. */
  readonly insecure?: boolean | undefined
  /** Speaks this version and no other. */
  readonly version?: '1.2' | '1.3' | undefined
  /** Uses the keys of a station's last connection again; default true. */
  readonly resume?: boolean | undefined
}

/** One attempt to connect with TLS. */
export interface SecureAttempt {
  readonly socket: TLSSocket
  /** Undefined until the handshake is over. */
  readonly handshake: TlsHandshake | undefined
}

/** More sets of roots than any fleet trusts; a server that installs ever new ones gets no memory for them. */
const mostContexts = 64
/** More roots than any test bed has; a server that makes up new ones gets no memory for them. */
const mostRoots = 64

/** A session that may be used again, with what it was made with. */
interface Session {
  readonly ticket: Buffer
  readonly madeWith: StationTls
}

/** The client's side of TLS, for the stations of one process. */
export class TlsClient {
  readonly #options: ClientTls
  readonly #monotonicMicros: () => number
  /** Parsing a certificate store costs milliseconds: one for all who trust the same. */
  readonly #contexts = new Map<string | undefined, SecureContext>()
  /** By URL, which holds the identity. */
  readonly #sessions = new Map<string, Session>()
  readonly #roots = new RootTexts()

  constructor(options: ClientTls, monotonicMicros: () => number) {
    this.#options = options
    this.#monotonicMicros = monotonicMicros
  }

  /**
   * @param url who connects: sessions are its own
   * @param host as the URL names it: what the certificate must be for, and SNI where it is a name
   * @param where as `net.connect` takes it, perhaps another address
   */
  connect(url: string, host: string, where: TcpNetConnectOpts, station: StationTls): SecureAttempt {
    const { insecure = false, resume = true } = this.#options
    let verified: PeerCertificate | undefined
    const options: ConnectionOptions = {
      ...where,
      servername: isIP(host) === 0 ? host : '',
      checkServerIdentity: (_name, certificate) => {
        // Node reads the whole chain for this call; asking the socket for it again costs a millisecond.
        verified = certificate
        return checkServerIdentity(host, certificate)
      },
      rejectUnauthorized: !insecure,
      secureContext: this.#context(station),
    }
    const session = resume ? this.#sessionOf(url, station) : undefined
    const socket = connect(session ? { ...options, session } : options)
    let begunMicros = 0
    let handshake: TlsHandshake | undefined
    socket.once('connect', () => {
      begunMicros = this.#monotonicMicros()
    })
    socket.once('secureConnect', () => {
      handshake = {
        micros: this.#monotonicMicros() - begunMicros,
        resumed: socket.isSessionReused(),
        protocol: socket.getProtocol() ?? '',
        root: () => verified && this.#roots.of(verified),
      }
    })
    if (resume) {
      socket.on('session', (ticket) => this.#sessions.set(url, { ticket, madeWith: station }))
    }
    return {
      socket,
      get handshake() {
        return handshake
      },
    }
  }

  /** A station that has other certificates now shows them: its old session would not. */
  #sessionOf(url: string, { ca, client }: StationTls): Buffer | undefined {
    const known = this.#sessions.get(url)
    if (!known) return undefined
    const { madeWith } = known
    if (madeWith.ca === ca && madeWith.client?.cert === client?.cert) return known.ticket
    this.#sessions.delete(url)
    return undefined
  }

  /** Throws what Node throws for PEM text that it cannot read. */
  #context(station: StationTls): SecureContext {
    const ca = station.ca ?? this.#options.ca
    if (station.client) return this.#newContext(ca, station.client)
    const known = this.#contexts.get(ca)
    if (known) return known
    const made = this.#newContext(ca, this.#options.client)
    if (this.#contexts.size >= mostContexts) this.#contexts.clear()
    this.#contexts.set(ca, made)
    return made
  }

  #newContext(ca: string | undefined, client: KeyPair | undefined): SecureContext {
    const { version } = this.#options
    return createSecureContext({
      ciphers: suites,
      minVersion: version === '1.3' ? 'TLSv1.3' : 'TLSv1.2',
      maxVersion: version === '1.2' ? 'TLSv1.2' : 'TLSv1.3',
      ...(ca !== undefined && { ca }),
      ...(client && { cert: client.cert, key: client.key }),
    })
  }
}

/** The PEM texts of the roots that servers were verified with: few, however many stations connect. */
class RootTexts {
  readonly #byFingerprint = new Map<string, string>()

  /** Undefined where the chain does not reach its root. */
  of(server: PeerCertificate): string | undefined {
    let certificate: PeerCertificate | DetailedPeerCertificate = server
    // A root is its own issuer.
    while ('issuerCertificate' in certificate && certificate.issuerCertificate !== certificate) {
      certificate = certificate.issuerCertificate
    }
    if (!('issuerCertificate' in certificate)) return undefined
    const { fingerprint256, raw } = certificate
    const known = this.#byFingerprint.get(fingerprint256)
    if (known !== undefined) return known
    const text = new X509Certificate(raw).toString()
    if (this.#byFingerprint.size >= mostRoots) this.#byFingerprint.clear()
    this.#byFingerprint.set(fingerprint256, text)
    return text
  }
}
