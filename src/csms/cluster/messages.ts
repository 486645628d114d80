import type { ProcessUsage } from '../../platform/process-usage.ts'
import type { ErrorCode } from '../../shared/errors.ts'
import type { UpgradeRequest } from '../../transport/admission.ts'
import type { UpgradeParcel } from '../../transport/upgrade-parcel.ts'
import type { ClockSettings } from '../clock-settings.ts'
import type { CountersSnapshot } from '../counters.ts'
import type { StationAccess } from '../domain/security.ts'
import type { TokenNews } from '../domain/token.ts'
import type { Wanted } from '../event-hub.ts'
import type { CsmsEvent } from '../events.ts'
import type { Ticket } from '../gateway/admission.ts'
import type { CsmsSettings } from '../options.ts'
import type { Store } from '../store/store.ts'
import type { AnswerTo, Kind, Question } from './questions.ts'
import type { Decision, Meeting } from './secure-entry.ts'

/** What a member of a cluster begins with. */
export interface MemberStart {
  /** Stations without passwords, only those it owns; the data folder is its own. */
  readonly settings: CsmsSettings
  /** From 0. */
  readonly process: number
  readonly processes: number
  readonly clock: ClockSettings | undefined
  /** What it tells from the beginning. */
  readonly wanted: Wanted
  /** Sends the ids of the stations it knows when it is ready. */
  readonly tellsStations: boolean
  /** Where the processes reach each other, where there is TLS. */
  readonly meeting?: Meeting | undefined
}

/** What the front of a cluster sends to a member. */
export type ToMember =
  | { readonly kind: 'start'; readonly start: MemberStart }
  /** Comes with the socket and is answered with `arrived`; the front reads from it until then. */
  | {
      readonly kind: 'upgrade'
      readonly id: number
      readonly parcel: UpgradeParcel
      readonly ticket: Ticket
    }
  /** Nobody else reads from the socket any more. */
  | { readonly kind: 'yours'; readonly id: number }
  /** Comes with a listening socket to accept TLS from, beside all other processes. */
  | { readonly kind: 'share' }
  /** Answers `knock`. */
  | { readonly kind: 'decided'; readonly id: number; readonly decision: Decision }
  /** What it tells from now on. */
  | { readonly kind: 'want'; readonly wanted: Wanted }
  | { readonly kind: 'ask'; readonly id: number; readonly question: Question }
  /** Answers `claim`. */
  | { readonly kind: 'claimed'; readonly id: number; readonly granted: boolean }
  | {
      readonly kind: 'close'
      readonly code: number
      readonly reason: string
      readonly timeoutMs: number
    }

/** How many sockets a member took over, and how many WebSockets it has of them. */
export interface Load {
  readonly taken: number
  readonly connections: number
}

/** What a member sends to the front. */
export type FromMember =
  | {
      readonly kind: 'ready'
      readonly storeKind: Store['kind']
      readonly stationIds: readonly string[]
      /** Stations that are judged by more than the settings. */
      readonly access: readonly (readonly [string, StationAccess])[]
    }
  /** Somebody asks in over TLS. */
  | { readonly kind: 'knock'; readonly id: number; readonly request: UpgradeRequest }
  /** One that was let in did not get to its process. */
  | { readonly kind: 'missed'; readonly process: number }
  /** A station is judged by this from now on; undefined: it is not known any more. */
  | {
      readonly kind: 'access'
      readonly stationId: string
      readonly access: StationAccess | undefined
    }
  /** It could not start and exits. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: AnswerTo<Kind> }
  /** The answer failed in here. */
  | { readonly kind: 'unanswered'; readonly id: number; readonly reason: string }
  /** The socket of an `upgrade` is here; its peer may be gone. */
  | { readonly kind: 'arrived'; readonly id: number }
  /** When connections closed. */
  | { readonly kind: 'load'; readonly load: Load }
  /** Once a second. */
  | { readonly kind: 'usage'; readonly load: Load; readonly usage: ProcessUsage }
  | { readonly kind: 'events'; readonly events: readonly CsmsEvent[] }
  /** About a token that may be in one transaction at a time. */
  | { readonly kind: 'claim'; readonly id: number; readonly idToken: string }
  | { readonly kind: 'tokenBegun' | 'tokenEnded'; readonly idToken: string }
  /** What a transaction did to a token that the others know, too. */
  | { readonly kind: 'tokenNews'; readonly news: TokenNews }
  /** After `close`, when everything is closed and saved; then it exits. */
  | {
      readonly kind: 'closed'
      readonly counters: CountersSnapshot
      readonly usage: ProcessUsage
    }
