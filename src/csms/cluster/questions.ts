import type {
  Holdings,
  StationPart,
  TokenChanged,
  TokenEdit,
  TransactionQuery,
} from '../api/operations.ts'
import type { PartName, PartQuery } from '../api/station-parts.ts'
import type { CountersSnapshot } from '../counters.ts'
import type { Token } from '../domain/token.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import type { LoggedMessage, MessageFilter } from '../message-log.ts'
import type { StationDetails } from '../views.ts'

/** A part of a list of stations or tokens. */
export interface ListRows {
  readonly text: string
  /** How many were looked at so far; undefined where none is left. */
  readonly next: number | undefined
}

/** A part of a list of transactions: ordinals and JSON texts, in pairs. */
export interface TransactionRows {
  readonly ordinals: readonly number[]
  readonly texts: readonly string[]
  readonly more: boolean
}

/** What the front asks a member, by kind; everything is plain data. */
interface Questions {
  readonly holdings: { readonly asked: object; readonly answer: Holdings }
  readonly counters: { readonly asked: object; readonly answer: CountersSnapshot }
  readonly station: {
    readonly asked: { readonly stationId: string }
    readonly answer: StationDetails | undefined
  }
  readonly stations: {
    readonly asked: { readonly skip: number; readonly connected: boolean | undefined }
    readonly answer: ListRows
  }
  /** The highest ordinal given out. */
  readonly lastOrdinal: { readonly asked: object; readonly answer: number }
  readonly transactions: {
    /** `upTo`: nothing behind it; no later transaction gets an ordinal up to it any more. */
    readonly asked: Omit<TransactionQuery, 'limit'> & {
      readonly upTo: number
      readonly count: number
    }
    readonly answer: TransactionRows
  }
  readonly stationPart: {
    readonly asked: {
      readonly stationId: string
      readonly part: PartName
      readonly query: PartQuery
    }
    readonly answer: StationPart | undefined
  }
  /** All tokens, as JSON texts: every process knows the same. */
  readonly tokens: {
    readonly asked: { readonly skip: number }
    readonly answer: ListRows
  }
  readonly token: {
    readonly asked: { readonly idToken: string }
    readonly answer: Token | undefined
  }
  readonly editToken: {
    readonly asked: { readonly edit: TokenEdit }
    readonly answer: TokenChanged | undefined
  }
  readonly removeToken: {
    readonly asked: { readonly idToken: string }
    readonly answer: boolean
  }
  readonly messages: {
    readonly asked: { readonly filter: MessageFilter }
    readonly answer: readonly LoggedMessage[]
  }
  readonly troubles: { readonly asked: object; readonly answer: readonly string[] }
  readonly command: {
    readonly asked: {
      readonly stationId: string
      readonly action: string
      readonly payload: object
      readonly waitMs: number | undefined
    }
    readonly answer: CommandOutcome
  }
}

export type Kind = keyof Questions
export type Question<K extends Kind = Kind> = {
  [Each in K]: { readonly kind: Each } & Questions[Each]['asked']
}[K]
export type AnswerTo<K extends Kind> = Questions[K]['answer']
