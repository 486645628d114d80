import type { Socket } from './socket.ts'

/** Why a socket could not be opened; `local` is the generator's own fault (EMFILE ...). */
export type ConnectFailure = 'refused' | 'http' | 'timeout' | 'tls' | 'protocol' | 'local'

interface DialRequest {
  readonly url: string
  /** Subprotocols in the order of preference [2.0.1 Part 4 3.1.2]. */
  readonly protocols: readonly string[]
  /** Sent with the upgrade, the Basic auth header among them. */
  readonly headers: Readonly<Record<string, string>>
  /** Real milliseconds until the upgrade must be complete; silence counts as failure. */
  readonly timeoutMs: number
}

/** Exactly one of the two is called, once, never inside the call to `Dial` itself. */
export interface DialResult {
  opened(socket: Socket): void
  /** @param detail one sentence for people; @param httpStatus where the server refused the upgrade */
  failed(failure: ConnectFailure, detail: string, httpStatus?: number): void
}

/**
 * Opens a WebSocket to a CSMS: over the network in `transport/`, to a memory socket in tests.
 * Calling the result gives the attempt up; nothing is called back then.
 */
export type Dial = (request: DialRequest, result: DialResult) => () => void
