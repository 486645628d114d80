import type { ProcessUsage } from '../platform/process-usage.ts'
import type { ClockSettings } from './clock-settings.ts'
import type { CountersSnapshot } from './counters.ts'
import type { CsmsObserver } from './events.ts'
import type { CsmsSettings } from './options.ts'
import type { ScriptDirector } from './script/director.ts'

/** A management system that runs, of one process or of several. */
export interface Server extends AsyncDisposable {
  /** One for each address; stations append their identity. */
  readonly urls: readonly string[]
  readonly port: number
  /** Of the file server; undefined where there is none. */
  readonly ftpPort: number | undefined
  /** Salt of the message ids. */
  readonly runId: string
  /** Connected stations. */
  readonly connections: number
  /** Since the start; after `close` as they stood at the end. */
  counters(): Promise<CountersSnapshot>
  /** What its processes used, this one included, as last heard. */
  usage(): ProcessUsage
  /** Closes every connection, stops listening, saves. Later calls wait for the first. */
  close(options?: CloseOptions): Promise<void>
}

export interface CloseOptions {
  /** Default 1001, going away. */
  readonly code?: number
  readonly reason?: string
  /** How long stations may take to finish the closing handshake; default 5000. */
  readonly timeoutMs?: number
}

export interface ServerOptions extends CsmsSettings {
  /** Processes that hold the stations, beside this one; 1, the default: this process holds them. */
  readonly processes?: number
  /** Default: simulated time is real time. */
  readonly clock?: ClockSettings | undefined
  readonly observer?: CsmsObserver | undefined
  /** Scripts what stations hear and are sent; in one process only. */
  readonly script?: ScriptDirector | undefined
  /** Sends every frame, without its secrets, to the observer. */
  readonly frames?: boolean
  /** One of several processes is gone, and its stations with it; the server should be closed. */
  readonly broken?: (reason: string) => void
}
