import type { Progress } from '../report/progress.ts'
import type { Report } from '../report/result.ts'
import type { CommandFacts } from '../report/run-facts.ts'
import type { CsmsError } from '../shared/errors.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import type { TargetPlan } from '../simulator/workers/worker-messages.ts'

/** What is settled when a run begins. */
export interface BeganRun {
  readonly runId: string
  /** URLs without credentials. */
  readonly targets: readonly string[]
  readonly embedded: boolean
  readonly workers: number
}

/** Hears of a run while it goes on. */
export interface RunObserver {
  /** Once, first of all. */
  began(run: BeganRun): void
  /** One sentence that people should know. */
  note(sentence: string): void
  /** Once a second. */
  progress(progress: Progress): void
  /** Text of a `log` step. */
  log(stationId: string, text: string): void
  /** Once, when the stations are done: books and report follow. */
  played(): void
}

/** How long a target may take to accept the first station where nobody says it, real ms. */
export const standardConnectTimeoutMs = 15_000

/** How a checked scenario is to be run. */
export interface RunOptions {
  readonly plan: Plan
  /** The command line that says the same; absent where none did. */
  readonly command?: CommandFacts
  /** Undefined: the embedded management system. */
  readonly target: TargetPlan | undefined
  /** Base URL of an external target's operator API, for `command` steps. */
  readonly api: string | undefined
  /** Key of that API; undefined = it takes none. */
  readonly apiKey?: string | undefined
  /** URL of an external target's books. */
  readonly books: string | undefined
  /** Undefined: what fits the machine. */
  readonly workers: number | undefined
  /** Processes of the embedded CSMS that hold its connections; undefined: what fits the machine. */
  readonly processes: number | undefined
  /** Folder that the report's folder is made in; undefined = nothing is written. */
  readonly out: string | undefined
  /** Keeps every frame in `frames.ndjson` beside the report; needs `out`. */
  readonly frames: boolean
  /** Nobody accepted by then is `unreachable`, real ms. */
  readonly connectTimeoutMs: number
  /** Salt of message ids, at most 10 characters; undefined = random. */
  readonly runId: string | undefined
  /** With an external target and a speed other than 1, wire clocks begin in the past. */
  readonly backdate: boolean
  /** Serves Prometheus metrics there while the run goes on; 0 picks one, undefined = nowhere. */
  readonly metricsPort?: number
  readonly observer: RunObserver
  /** Calls `interrupt` when the run is to be cut short; returns how to stop listening. */
  onInterrupt(interrupt: (signal: string) => void): () => void
}

/** What a run leaves. */
export interface FinishedRun {
  readonly report: Report
  /** Where it was written; undefined = nowhere. */
  readonly folder: string | undefined
  /** Why it could not be written where it should have been; such a run is no pass. */
  readonly unwritten: CsmsError | undefined
}
