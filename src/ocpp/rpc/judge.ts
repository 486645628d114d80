/** Which side of a connection a message is from. */
export type Side = 'self' | 'peer'

/**
 * Judges the peer by what passes one connection, message by message and in its order. Hears only of
 * payloads that are valid against their schemas. Called on the hot path: look up, do not allocate.
 */
export interface ConnectionJudge {
  /** A CALL or a SEND. `text` is its frame where the peer sent it. */
  asked(by: Side, id: string, action: string, request: object, text: string): void
  /** A CALLRESULT; `by` answered. `text` is its frame where the peer sent it. */
  answered(
    by: Side,
    id: string,
    action: string,
    request: object,
    response: object,
    text: string,
  ): void
  /** The peer began to close the connection, or dropped it (1006). */
  closed(code: number): void
  /** This side went past the rules: what the peer makes of that is not held against it. */
  excuse(): void
}
