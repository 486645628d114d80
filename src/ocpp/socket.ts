/**
 * One WebSocket as the protocol core sees it. `transport/` adapts real sockets to it; tests and
 * virtual time use a pair of memory sockets.
 */
export interface Socket {
  /** The negotiated subprotocol; empty where none was. */
  readonly protocol: string
  /** Queues one text frame. Does nothing once the socket is closing or closed. */
  send(text: string): void
  /** Starts the closing handshake. The listener hears `closed` once, whoever began. */
  close(code?: number, reason?: string): void
  /** Drops the connection without a closing handshake, as a power loss does. */
  terminate(): void
  /** Sends a ping; `answered` is called when the pong arrives. */
  ping(answered?: () => void): void
  /** Below whole texts; undefined where nothing is, as in memory. */
  readonly bare?: BareFrames | undefined
  /** Hands the socket to its one listener. Frames that came before are delivered then. */
  listen(listener: SocketListener): void
}

/** WebSocket frames that no station sends, and every server may get: for testers [RFC 6455 5]. */
export interface BareFrames {
  /** What the upgrade agreed on: `permessage-deflate; …`; empty for nothing. */
  readonly extensions: string
  /** One frame; until `fin`, the next ones continue its message [RFC 6455 5.4]. */
  write(bytes: Uint8Array, as: { readonly binary: boolean; readonly fin: boolean }): void
}

export interface SocketListener {
  text(text: string): void
  /** A binary frame: OCPP-J has none [1.6J 4.1.2] [2.0.1 Part 4 4.1.2]. */
  binary(bytes: number): void
  /**
   * Called exactly once. 1005 = no code, 1006 = dropped without a closing handshake.
   * @param unreadable this side gave up: the peer's frames could not be read, for this reason
   */
  closed(code: number, reason: string, unreadable?: boolean): void
}
