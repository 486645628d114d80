import type { RpcErrorCode } from './error-codes.ts'

/** How a CALL ended. */
export type CallOutcome =
  | { readonly kind: 'result'; readonly payload: object }
  | {
      readonly kind: 'error'
      /** In 2.x spelling; undefined where the peer made one up. */
      readonly code: RpcErrorCode | undefined
      /** As it stood on the wire. */
      readonly wireCode: string
      readonly description: string
      readonly details: object
    }
  /** Answered, but the answer broke its schema; `payload` is what came. */
  | { readonly kind: 'invalid'; readonly payload: object; readonly fault: string }
  | { readonly kind: 'timeout' }
  /** The socket went away while the CALL was outstanding. */
  | { readonly kind: 'lost' }
  /** Never sent: the connection closed or its queue was full before its turn came. */
  | { readonly kind: 'unsent'; readonly reason: 'closed' | 'full' }

/**
 * A CALL on its way. The connection fills in `id` and the instants; whoever made it hears
 * `settled` exactly once. One object per CALL, no promise: the hot path allocates nothing else.
 */
export interface Call {
  readonly action: string
  readonly payload: object
  id: string
  /** Monotonic microseconds at the hand-over to the socket; 0 until then. */
  sentMicros: number
  /** Monotonic microseconds when the answer was parsed or the CALL was given up; 0 until then. */
  settledMicros: number
  /** A message id to use instead of a fresh one: a retry may keep its own [1.6J errata 3.1]. */
  readonly fixedId?: string
  /** Written by hand: sent as it is, valid or not. */
  readonly raw?: boolean
  /** Overrides the connection's call timeout. */
  readonly timeoutMs?: number
  settled(outcome: CallOutcome, call: Call): void
}

/** A plain CALL for callers that measure nothing. */
export function newCall(
  action: string,
  payload: object,
  settled: (outcome: CallOutcome, call: Call) => void,
  timeoutMs?: number,
): Call {
  const call: Call = { action, payload, id: '', sentMicros: 0, settledMicros: 0, settled }
  return timeoutMs === undefined ? call : { ...call, timeoutMs }
}
