import type { Socket } from './socket.ts'

/** Why a socket could not be opened; `local` is the generator's own fault (EMFILE ...). */
export type ConnectFailure = 'refused' | 'http' | 'timeout' | 'tls' | 'protocol' | 'local'

/** A certificate with the chain behind it, and its private key: PEM texts. */
export interface KeyPair {
  readonly cert: string
  readonly key: string
}

/** What one station brings to the TLS handshake; what is left open comes from the dial's options. */
export interface StationTls {
  /** PEM of the authorities that it trusts. */
  readonly ca?: string | undefined
  /** Its client certificate (security profile 3). */
  readonly client?: KeyPair | undefined
}

/** How a TLS handshake went. */
export interface TlsHandshake {
  /** From the open TCP connection to the end of the handshake, microseconds. */
  readonly micros: number
  /** Keys of an earlier connection were used again: no certificate was sent. */
  readonly resumed: boolean
  /** `TLSv1.2`, `TLSv1.3` */
  readonly protocol: string
  /** PEM of the root that the server's certificate comes from; undefined where it is not known. */
  root(): string | undefined
}

interface DialRequest {
  readonly url: string
  /** Subprotocols in the order of preference [2.0.1 Part 4 3.1.2]. */
  readonly protocols: readonly string[]
  /** Sent with the upgrade, the Basic auth header among them. */
  readonly headers: Readonly<Record<string, string>>
  /** Offers permessage-deflate; default what the dial does. */
  readonly compression?: boolean | undefined
  /** Real milliseconds until the upgrade must be complete; silence counts as failure. */
  readonly timeoutMs: number
  /** Asked where the URL is `wss:`, before the connection begins. */
  readonly tls?: (() => StationTls | Promise<StationTls>) | undefined
}

/** Exactly one of the two is called, once, never inside the call to `Dial` itself. */
export interface DialResult {
  /** @param tls where the connection is encrypted */
  opened(socket: Socket, tls?: TlsHandshake): void
  /**
   * @param detail one sentence for people
   * @param httpStatus where the server refused the upgrade
   * @param challenge its WWW-Authenticate; null: it sent none; undefined: that is not known
   */
  failed(
    failure: ConnectFailure,
    detail: string,
    httpStatus?: number,
    challenge?: string | null,
  ): void
}

/**
 * Opens a WebSocket to a CSMS: over the network in `transport/`, to a memory socket in tests.
 * Calling the result gives the attempt up; nothing is called back then.
 */
export type Dial = (request: DialRequest, result: DialResult) => () => void
