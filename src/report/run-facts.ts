import type { TimedSample } from '../metrics/bounded-samples.ts'
import type { LatencySummary } from '../metrics/latency-summary.ts'
import type { Phase } from '../metrics/phase.ts'
import type { SeriesPoint } from '../metrics/series.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import type { CountedSpan } from '../metrics/threshold-results.ts'
import type { ThresholdPlan, TimeSpan } from '../metrics/thresholds.ts'
import type { HealthSample, LoadModel } from '../metrics/validity.ts'
import type { Books } from './books.ts'
import type { FindMaxReport } from './result.ts'

/**
 * Everything a report is made of, filled in by whoever ran the run. Plain data: the report is a pure
 * function of it.
 */
export interface RunFacts {
  /** The run's salt, part of every message id. */
  readonly runId: string
  /** RFC 3339, real wall clock. */
  readonly startedAt: string
  readonly scenario: ScenarioFacts
  /** Absent where no command line began the run. */
  readonly command?: CommandFacts | undefined
  /** `closed` where every CALL follows the one before; `open` where traffic has its own instants. */
  readonly model: LoadModel
  readonly target: TargetFacts
  readonly fleets: readonly FleetFacts[]
  /** In the order they happened; a phase the run did not have is left out. */
  readonly windows: readonly WindowFacts[]
  /** How stations were to connect; absent where the scenario says no rate. */
  readonly ramp?: RampFacts | undefined
  /** The workers' last snapshots, merged. */
  readonly metrics: Snapshot
  readonly series: SeriesFacts
  readonly thresholds: readonly ThresholdPlan[]
  /** Parts of steady that thresholds name and that were reached. */
  readonly spans?: readonly SpanFacts[]
  /** What the stations' ledgers add up to. */
  readonly transactions: {
    readonly started: number
    readonly stopped: number
    readonly energyWh: number
    /** Messages that begin or end one and that the target never answered. */
    readonly undelivered: number
  }
  readonly books: Books
  readonly workers: readonly WorkerFacts[]
  /** Sockets this machine could not open or keep, by error code (EMFILE, EADDRNOTAVAIL). */
  readonly localSocketErrors: Readonly<Record<string, number>>
  /**
   * Of a run merged from several runners: what limited them, each judged for itself. Takes the place
   * of judging the generator from these facts.
   */
  readonly generatorLimits?: readonly string[]
  /** Rule ids that the scenario's `tolerate:` names. */
  readonly tolerate: readonly string[]
  /** What cut the run short, if anything did. */
  readonly end: RunEnd
  /** Sentences on what went wrong inside csms itself; each makes the run exit 1. */
  readonly internalFaults: readonly string[]
  readonly environment: EnvironmentFacts
  /** How full the machine was, once a second; absent where it does not say, or where it was many. */
  readonly machine?: readonly MachineSample[]
  /** What `find-max` tried and found. */
  readonly findMax?: FindMaxReport
  /** Events of the scenario's timeline, in the order they happened. */
  readonly timeline?: readonly TimelineMark[]
}

/** What `csms simulate` was told beside the scenario file, from wherever, as options of it. */
export interface CommandFacts {
  /** Words that belong together: `['--set', 'rate=200/s']`; none that holds a secret. */
  readonly options: readonly (readonly string[])[]
  /** What is missing of it because it is secret. */
  readonly leftOut: readonly string[]
}

export interface RampFacts {
  readonly ratePerSecond: number
  /** Connects that may be under way at once. */
  readonly inFlight: number
  /** How much later than its instant a station began to connect, the most. */
  readonly behindSeconds: number
}

/** An event worth a mark in a chart. */
export interface TimelineMark {
  /** Seconds since the run began. */
  readonly atSecond: number
  readonly label: string
  /** Stations that it came over, or that came back. */
  readonly stations?: number
  /** Sessions that it broke off. */
  readonly brokenOff?: number
  /** Stations on which it could not be done, by reason. */
  readonly undone?: Readonly<Record<string, number>>
  /** How long each station took to be connected and accepted again, once it could. */
  readonly backMs?: LatencySummary
  /** From the instant they could until the last was back; null where some never were. */
  readonly allBackSeconds?: number | null
}

/** A part of steady and what ended in it. */
export interface SpanFacts extends TimeSpan, CountedSpan {}

export interface ScenarioFacts {
  readonly name: string
  readonly file: string
  /** SHA-256 of the file, hex. */
  readonly hash: string
  readonly seed: number
  readonly speed: number
}

export interface TargetFacts {
  /** Without credentials. */
  readonly url: string
  readonly embedded: boolean
  /** What the embedded management system used, once a second; empty for an external one. */
  readonly usage: readonly TargetUsage[]
}

/** One second of the embedded CSMS; of a run of many hours, some seconds. */
export interface TargetUsage extends TimedSample {
  /** CPU time over wall time: 1 is one core fully used. */
  readonly cpuShare: number
  readonly rssBytes: number
}

/** Shares of the time of all cores in one second; of a run of many hours, in some seconds. */
export interface MachineSample extends TimedSample {
  readonly idleShare: number
  /** Taken by the host of this virtual machine while there was work to do. */
  readonly stolenShare: number
}

export interface FleetFacts {
  readonly name: string
  readonly version: string
  readonly count: number
}

export interface WindowFacts {
  readonly phase: Phase
  /** RFC 3339, real wall clock. */
  readonly startedAt: string
  readonly seconds: number
}

interface SeriesFacts {
  readonly intervalSeconds: number
  readonly points: readonly SeriesPoint[]
  readonly peakConnected: number
}

export interface WorkerFacts {
  /** Stable and readable: `worker 1`. */
  readonly name: string
  /** One per second. */
  readonly health: readonly HealthSample[]
  readonly maxRssBytes: number
  /** Why it ended before it was told to; its counts are those of its last snapshot. */
  readonly died?: string
  /** How many stations it played, where it died. */
  readonly lostStations?: number
}

export type RunEnd =
  | { readonly kind: 'complete' }
  /** First Ctrl-C or SIGTERM: drained, report written. */
  | { readonly kind: 'interrupted'; readonly signal: string }
  /** An `abortOnFail` threshold: selector and expression as written. */
  | { readonly kind: 'aborted'; readonly threshold: string }
  /** No station was accepted within the connect timeout. */
  | { readonly kind: 'unreachable'; readonly reason: string }

export interface EnvironmentFacts {
  readonly csmsVersion: string
  readonly nodeVersion: string
  /** `linux x64 6.8.0`. */
  readonly os: string
  readonly cpu: string
  readonly cores: number
  readonly memoryBytes: number
  /** Target and generator share this machine. */
  readonly coLocated: boolean
  /** How many files a process may open; null where the system does not say. */
  readonly openFilesLimit: number | null
  readonly timerGranularityMs: number
}
