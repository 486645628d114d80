import type { ErrorCode } from '../shared/errors.ts'
import type { CountersSnapshot } from './counters.ts'
import type { CsmsEvent } from './events.ts'
import type { CsmsSettings } from './options.ts'

/** Simulated time in plain numbers, so that every process of a run shows the same. */
export interface ClockSettings {
  /** Simulated seconds per real second. */
  readonly speed: number
  /** What the simulated wall clock shows ... */
  readonly originWallMs: number
  /** ... when the machine's wall clock shows this. */
  readonly originRealWallMs: number
}

/** What whoever forks `process.ts` sends to it. */
export type ToCsmsProcess =
  | {
      readonly kind: 'start'
      readonly settings: CsmsSettings
      readonly clock: ClockSettings
      /** Sends every event back; frames too where `frames` is set. Not for load. */
      readonly events?: boolean
      readonly frames?: boolean
    }
  | { readonly kind: 'stop' }

/** What it answers. */
export type FromCsmsProcess =
  | {
      readonly kind: 'listening'
      readonly url: string
      readonly port: number
      readonly runId: string
    }
  /** It could not start and exits. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }
  /** Once a second. */
  | ({ readonly kind: 'usage'; readonly connections: number } & ProcessUsage)
  | { readonly kind: 'event'; readonly event: CsmsEvent }
  /** After `stop`, when everything is closed and saved; then it exits. */
  | ({ readonly kind: 'stopped'; readonly counters: CountersSnapshot } & ProcessUsage)

export interface ProcessUsage {
  /** User and system time since the process began. */
  readonly cpuSeconds: number
  readonly rssBytes: number
}
