import type { ProcessUsage } from '../platform/process-usage.ts'
import type { ErrorCode } from '../shared/errors.ts'
import type { ClockSettings } from './clock-settings.ts'
import type { CountersSnapshot } from './counters.ts'
import type { CsmsEvent } from './events.ts'
import type { CsmsSettings } from './options.ts'

/** What whoever forks `process.ts` sends to it. */
export type ToCsmsProcess =
  | {
      readonly kind: 'start'
      readonly settings: CsmsSettings
      /** Processes that hold the stations; default: one, the forked itself. */
      readonly processes?: number
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
      /** One for each address. */
      readonly urls: readonly string[]
      readonly port: number
      readonly ftpPort: number | undefined
      readonly runId: string
    }
  /** It could not start and exits. */
  | { readonly kind: 'failed'; readonly code: ErrorCode; readonly message: string }
  /** One of its processes ended, and it exits. */
  | { readonly kind: 'broken'; readonly reason: string }
  /** Once a second; of all its processes. */
  | ({ readonly kind: 'usage'; readonly connections: number } & ProcessUsage)
  | { readonly kind: 'event'; readonly event: CsmsEvent }
  /** After `stop`, when everything is closed and saved; then it exits. */
  | ({ readonly kind: 'stopped'; readonly counters: CountersSnapshot } & ProcessUsage)
