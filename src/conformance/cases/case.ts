import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { TlsOffer } from '../../transport/tls-handshake.ts'
import type { Scene } from '../play/scene.ts'
import type { ValueRef } from './values.ts'

/** MUST decides between pass and fail, SHOULD between pass and warn. */
export type Level = 'MUST' | 'SHOULD'

/** One thing that a frame has to show. */
export interface Demand {
  /** In a few words, unique in its case: known-failure lists name it. */
  readonly name: string
  /** As `src/ocpp/matchers` reads it; may hold values of the case. */
  readonly matcher: unknown
  readonly level: Level
  /** `1.6 4.1`, `2.0.1 E03.FR.01`. */
  readonly clause: string
}

/** By name, where in a payload what is needed later stands: `$.transactionId`. */
export type Saves = Readonly<Record<string, string>>

/** The station sends a CALL, and the answer is judged. */
export interface CallMove {
  readonly kind: 'call'
  readonly action: string
  readonly payload: object
  /** What is broken where nothing answers, or a CALLERROR does. */
  readonly clause: string
  readonly demands: readonly Demand[]
  /** The CALLERROR that is to come in place of a result. */
  readonly callError?: readonly RpcErrorCode[]
  readonly save: Saves
}

/** How the station answers a CALL of the CSMS. */
export type StationAnswer =
  | { readonly kind: 'result'; readonly payload: object }
  | { readonly kind: 'callError'; readonly code: RpcErrorCode }
  | { readonly kind: 'silence' }

/** The CSMS sends a CALL: because a hook made it, or by itself. */
export interface AskedMove {
  readonly kind: 'asked'
  readonly action: string
  /** What the hook is told to make the CSMS send; undefined: it does so by itself. */
  readonly order: object | undefined
  readonly demands: readonly Demand[]
  readonly answer: StationAnswer
  readonly save: Saves
  /** How long it may take; milliseconds, default that of the run. */
  readonly withinMs?: number
}

/** What a CSMS does about a text that no schema would let through. */
export type Reaction =
  | 'result'
  | `callError:${RpcErrorCode}`
  | 'callError'
  | 'callResultError'
  | 'silence'
  | 'close'

/** The station sends any text, well-formed or not. What the CSMS does is judged against sets. */
export interface RawMove {
  readonly kind: 'raw'
  readonly name: string
  readonly clause: string
  /** Values of the case stand in it as `{name}`; `{id}` is a fresh message id. */
  readonly text: string
  readonly pass: readonly Reaction[]
  /** Legal, and risky. */
  readonly warn: readonly Reaction[]
  /** `{id}` is filled up, or cut off, to so many characters. */
  readonly idLength?: number
  /** What else than `{id}` and `-1` an answer may name, where the text holds no message id. */
  readonly answeredAs?: string
}

/** A new connection in place of the one that is there. */
export interface ConnectMove {
  readonly kind: 'connect'
  readonly name: string
  readonly clause: string
  readonly as: ConnectAs
  /** Whether the upgrade is to succeed. */
  readonly accepted: boolean
  /** The subprotocol that it is to be answered with. */
  readonly protocol?: string
}

/** @typeParam Text `string` once the values of the case are in place */
export interface ConnectAs<Text = string | ValueRef> {
  readonly id?: Text
  /** User name of the Basic auth header; default the identity. */
  readonly user?: Text
  readonly password?: Text
  /** Without any password, also where the fixtures have one. */
  readonly anonymous?: boolean
  readonly protocols?: readonly string[]
  readonly compression?: boolean
  /** Where the target listens without TLS: security profile 1. */
  readonly plain?: boolean
  /** Over the target's TLS, with this client certificate or with none. */
  readonly tls?: { readonly cert?: Text; readonly key?: Text }
}

/** What a TLS client offers; its certificate may be one of the fixtures. */
export interface Offer extends Omit<TlsOffer, 'client'> {
  readonly client?: { readonly cert: string | ValueRef; readonly key: string | ValueRef }
}

/** A TLS handshake and no more. What the server agrees to is judged. */
export interface HandshakeMove {
  readonly kind: 'handshake'
  readonly name: string
  readonly clause: string
  readonly offer: Offer
  /** What it is to agree to, a matcher of `TlsAgreement`; undefined: it is to refuse. */
  readonly agrees: object | undefined
}

/** Real time goes by. */
export interface WaitMove {
  readonly kind: 'wait'
  /** Milliseconds, or a value that holds them. */
  readonly ms: number | { readonly $value: string }
}

/** The hard rest: what no table can say. Judges through the scene. */
export interface DoMove {
  readonly kind: 'do'
  /** What happens, in words. */
  readonly name: string
  /** Actions that it has hooks order. */
  readonly orders?: readonly string[]
  /** Actions that it waits for, which the CSMS sends by itself. */
  readonly awaits?: readonly string[]
  readonly run: (scene: Scene) => Promise<void> | void
}

export type Move = CallMove | AskedMove | RawMove | ConnectMove | HandshakeMove | WaitMove | DoMove

/** Where a case is from. */
export interface CaseSource {
  readonly document: string
  readonly edition: string
}

export interface ConformanceCase {
  /** As the field knows it: `TC_003_CSMS`, `TC_B_21_CSMS`, `X_RPC_07`. */
  readonly id: string
  /** Our own words. */
  readonly title: string
  /** What is asked of several versions is a case of each. */
  readonly version: OcppVersion
  /** Certification profile. */
  readonly profile: string
  /** 1.6: feature profile; 2.x: letter of the functional block. */
  readonly group: string
  readonly source: CaseSource
  /** Provisional: the field, or its own documents, disagree about it. */
  readonly stability: 'stable' | 'provisional'
  /** Applies only to a CSMS that claims this, as Part 5 has it: `C-13`, `C-17 or DM-0`, `LA-0 and LA-2`. */
  readonly feature?: string
  /** Fixtures that it cannot do without. */
  readonly needs: readonly string[]
  /** `alone`: changes who may come in, and is played when nothing else is. */
  readonly tags: readonly string[]
  readonly moves: readonly Move[]
}

/** Actions that hooks have to make the CSMS send; empty: the case runs against any. */
export function hookedActions({ moves }: ConformanceCase): readonly string[] {
  const ordered = moves.flatMap((move) => {
    if (move.kind === 'do') return move.orders ?? []
    return move.kind === 'asked' && move.order !== undefined ? [move.action] : []
  })
  return [...new Set(ordered)]
}

/**
 * Actions that the CSMS sends by itself: what comes early is kept for the moves that wait for it. What is
 * ordered cannot come early; a CALL that is kept holds back every other one.
 */
export function awaitedActions({ moves }: ConformanceCase): ReadonlySet<string> {
  return new Set(
    moves.flatMap((move) => {
      if (move.kind === 'do') return move.awaits ?? []
      return move.kind === 'asked' && move.order === undefined ? [move.action] : []
    }),
  )
}
