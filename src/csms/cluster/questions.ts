import type {
  Connections,
  Holdings,
  StationEdit,
  StationEdited,
  StationPart,
  StationQuery,
  StationRemoved,
  TokenChanged,
  TokenEdit,
  TokenQuery,
  TransactionQuery,
} from '../api/operations.ts'
import type { PartName, PartQuery } from '../api/station-parts.ts'
import type { CountersSnapshot } from '../counters.ts'
import type { TariffView } from '../domain/tariffs.ts'
import type { Token } from '../domain/token.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import type { LoggedMessage, MessageFilter } from '../message-log.ts'
import type { StationDetails } from '../views.ts'

/** A part of a list in the order of its keys: keys and JSON texts, in pairs. */
export interface KeyedRows<Key> {
  readonly keys: readonly Key[]
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
    readonly asked: Omit<StationQuery, 'limit'> & { readonly count: number }
    readonly answer: KeyedRows<string>
  }
  readonly editStation: {
    readonly asked: { readonly edit: StationEdit }
    readonly answer: StationEdited
  }
  readonly removeStation: {
    readonly asked: { readonly stationId: string; readonly force: boolean }
    readonly answer: StationRemoved
  }
  /** How many there were. */
  readonly endConnections: {
    readonly asked: { readonly meant: Connections; readonly reason: string }
    readonly answer: number
  }
  /** The highest ordinal given out. */
  readonly lastOrdinal: { readonly asked: object; readonly answer: number }
  readonly transactions: {
    /** `upTo`: nothing behind it; no later transaction gets an ordinal up to it any more. */
    readonly asked: Omit<TransactionQuery, 'limit'> & {
      readonly upTo: number
      readonly count: number
    }
    readonly answer: KeyedRows<number>
  }
  readonly stationPart: {
    readonly asked: {
      readonly stationId: string
      readonly part: PartName
      readonly query: PartQuery
    }
    readonly answer: StationPart | undefined
  }
  /** Every process knows the same. */
  readonly tokens: {
    readonly asked: Omit<TokenQuery, 'limit'> & { readonly count: number }
    readonly answer: KeyedRows<string>
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
  /** Every process has the same file. */
  readonly tariffs: { readonly asked: object; readonly answer: readonly TariffView[] }
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
