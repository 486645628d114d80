import type { StepPlan } from '../../document/step-form.ts'
import type { RpcErrorCode } from '../../ocpp/rpc/error-codes.ts'
import type { OcppVersion } from '../../ocpp/version.ts'

/** A script of the management system's side after checking: plain data, times in milliseconds. */
export interface ServeScript {
  readonly name: string
  readonly description: string
  /** As given on the command line; `-` for standard input. */
  readonly file: string
  /** What `vars` came to, a sentence each, secrets left out. */
  readonly vars: readonly string[]
  /** A station plays the first that is for it. */
  readonly parts: readonly ScriptPart[]
  readonly until: UntilPlan
  /** Rules whose violation by a station does not fail it. */
  readonly tolerate: readonly string[]
}

/** What is answered to some stations, and what is done to them. */
export interface ScriptPart {
  /** Identities, `*` and `?` standing for any characters and any one. */
  readonly stations: readonly string[]
  /** Only stations that speak it; undefined = any. */
  readonly protocol: OcppVersion | undefined
  readonly answers: Readonly<Record<string, readonly AnswerPlan[]>>
  /** Played once for each station; undefined = it only answers. */
  readonly script: readonly StepPlan[] | undefined
}

/** What is answered to a CALL of a station. */
export interface AnswerPlan {
  readonly what: AnswerKind
  /** What the CALL must look like; undefined = each. */
  readonly when: { readonly matches: unknown } | undefined
  /** Real time to let pass before the answer. */
  readonly afterMs: number
  /** For so many CALLs; undefined = all there are. */
  readonly times: number | undefined
}

export type AnswerKind =
  /** What the management system answers by itself. */
  | { readonly kind: 'own' }
  | { readonly kind: 'with'; readonly payload: object }
  /** Its own answer with other values. */
  | { readonly kind: 'change'; readonly payload: object }
  | { readonly kind: 'callError'; readonly code: RpcErrorCode; readonly description: string }
  | { readonly kind: 'never' }
  | { readonly kind: 'raw'; readonly text: string }
  | { readonly kind: 'close'; readonly code: number }

/** What ends a run. */
export interface UntilPlan {
  /** So many stations have ended their scripts; undefined = no script is played. */
  readonly stations: number | undefined
  /** Since it listens; undefined = no limit. */
  readonly withinMs: number | undefined
  /** So long no station was playing, and too few have ended. */
  readonly idleMs: number
}
