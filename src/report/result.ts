import type { EncodedHistogram } from '../metrics/latency-histogram.ts'
import type { LatencySummary } from '../metrics/latency-summary.ts'
import type { Phase } from '../metrics/phase.ts'
import type { ProbeResult } from '../metrics/probe.ts'
import type { SeriesPoint } from '../metrics/series.ts'
import type { Covered } from '../metrics/threshold-results.ts'
import type { LoadModel } from '../metrics/validity.ts'
import type { ViolationLevel, ViolationSample } from '../metrics/violation-log.ts'
import type { ExitCode } from '../shared/exit-codes.ts'
import type { BooksSource, Mismatch } from './books.ts'
import type {
  CommandFacts,
  EnvironmentFacts,
  FleetFacts,
  ScenarioFacts,
  TimelineMark,
} from './run-facts.ts'

export type Verdict = 'pass' | 'fail' | 'invalid' | 'aborted'

/**
 * `report.json`, schema version 1: only ever extended. Counts cover the whole run and conserve;
 * `perSecond`, percentiles and thresholds cover `window.headline`. Times in milliseconds, energy in
 * watt-hours. `schemas/report.schema.json` says the same to machines.
 */
export interface Report {
  readonly schemaVersion: 1
  readonly runId: string
  readonly startedAt: string
  readonly verdict: Verdict
  /** The foremost of `exitCodes`. */
  readonly exitCode: ExitCode
  readonly exitCodes: readonly ExitCode[]
  /** Why the verdict is what it is, the weightiest first; empty for a pass. */
  readonly reasons: readonly string[]
  /** What does not change the verdict but must be known. */
  readonly warnings: readonly string[]
  readonly scenario: ScenarioFacts
  /** Options that this run was begun with; absent where no command line began it. */
  readonly command?: CommandFacts
  readonly model: LoadModel
  readonly target: TargetReport
  readonly fleets: readonly FleetFacts[]
  readonly window: WindowReport
  readonly stations: StationsReport
  readonly messages: MessagesReport
  /** Station-initiated. */
  readonly exchanges: ExchangesReport
  /** Of CALLRESULTs. */
  readonly responseTimeMs: LatencySummary
  /** Everything that was due, also what was never answered, at its age; thresholds judge this. */
  readonly responseTimeAllMs: LatencySummary
  readonly serviceTimeMs: LatencySummary
  /** Station-initiated, by action. */
  readonly actions: Readonly<Record<string, ActionReport>>
  /** CSMS-initiated, by action. */
  readonly commands: Readonly<Record<string, CommandReport>>
  /** What was due at instants of its own and is no CALL; absent where the load had none. */
  readonly arrivals?: ArrivalsReport
  readonly scripts: ScriptsReport
  readonly transactions: TransactionsReport
  readonly books: BooksReport
  readonly violations: ViolationsReport
  readonly thresholds: readonly ThresholdReport[]
  readonly generator: GeneratorReport
  readonly sustained: SustainedReport
  /** What `find-max` tried and found. */
  readonly findMax?: FindMaxReport
  readonly seriesIntervalSeconds: number
  readonly series: readonly SeriesPointReport[]
  /** Events of the scenario's timeline, in the order they happened. */
  readonly timeline?: readonly TimelineMark[]
  readonly histograms: HistogramsReport
  readonly environment: EnvironmentFacts
}

export interface WindowReport {
  readonly rampSeconds: number
  readonly warmupSeconds: number
  readonly steadySeconds: number
  readonly drainSeconds: number
  readonly totalSeconds: number
  /** What percentiles, rates and thresholds cover. */
  readonly headline: 'steady' | 'run'
  /** RFC 3339, of the phases that happened. */
  readonly startedAt: Readonly<Partial<Record<Phase, string>>>
  /** In the order they happened. */
  readonly phases: readonly PhaseReport[]
}

/** One window of the run; seconds since the run began. */
export interface PhaseReport {
  readonly phase: Phase
  readonly atSecond: number
  readonly seconds: number
}

export interface StationsReport {
  readonly requested: number
  /** Distinct stations that were ever connected. */
  readonly connected: number
  /** Distinct stations whose boot was ever accepted. */
  readonly accepted: number
  /** From the run's begin until every station had been accepted; null where some never were. */
  readonly allAcceptedSeconds: number | null
  /** How far connecting was behind the rate of the ramp; left out where it kept up. */
  readonly rampBehindSeconds?: number
  /** The most that were connected together. */
  readonly peak: number
  readonly reconnects: number
  /** Played by a worker that died; left out where none did. */
  readonly lost?: number
  /** Tried to connect and were never accepted; left out where all were. */
  readonly neverAccepted?: number
  readonly connectFailures: Readonly<Record<string, number>>
  readonly connectTimeMs: LatencySummary
  readonly bootTimeMs: LatencySummary
  /** TLS handshakes, which are part of `connectTimeMs`; left out where nothing was encrypted. */
  readonly tlsTimeMs?: LatencySummary
  /** Handshakes that used the keys of an earlier connection. */
  readonly tlsResumed?: number
}

export interface MessagesReport {
  readonly sent: number
  readonly received: number
  readonly perSecond: number | null
}

/** started = completed + callErrors + timeouts + lost + unfinished. */
export interface ExchangeCountsReport {
  /** Sent. */
  readonly started: number
  /** Answered with a CALLRESULT. */
  readonly completed: number
  /** Of `completed`: the CALLRESULT broke its schema. */
  readonly invalid: number
  readonly callErrors: number
  readonly timeouts: number
  readonly lost: number
  readonly unfinished: number
  /** Due and never sent; not in `started`. */
  readonly dropped: number
  /** Of all that was due: had an instant of its own (open model). */
  readonly scheduled: number
  /** Completed in the headline window, by the instant of the answer. */
  readonly perSecond: number | null
}

export interface ExchangesReport extends ExchangeCountsReport {
  readonly late: number
  readonly unsolicited: number
  readonly duplicates: number
  readonly resultErrors: number
}

export interface ActionNumbers {
  readonly messages: { readonly sent: number; readonly received: number }
  readonly exchanges: ExchangeCountsReport
  readonly responseTimeMs: LatencySummary
  readonly serviceTimeMs: LatencySummary
}

export interface ActionReport extends ActionNumbers {
  readonly byVersion: Readonly<Record<string, ActionNumbers>>
}

export interface CommandReport {
  readonly messages: { readonly sent: number; readonly received: number }
  /** As the stations saw it: started = completed + callErrors + unanswered. */
  readonly exchanges: {
    readonly started: number
    readonly completed: number
    readonly callErrors: number
    readonly unanswered: number
  }
  /** The CSMS was told to, and no CALLRESULT came of it. */
  readonly failed: number
  /** CSMS told to act to the station's answer. */
  readonly commandTimeMs: LatencySummary
}

/** due = begun + dropped + unbegun. */
export interface ArrivalReport {
  readonly due: number
  readonly begun: number
  /** Left out by the backlog policy. */
  readonly dropped: number
  /** Still waited when the run was over. */
  readonly unbegun: number
  /** Begun, of those due in the headline window, per second of it. */
  readonly perSecond: number | null
  /** Of the headline window: due to begun. */
  readonly waitMs: LatencySummary
}

export interface ArrivalsReport {
  /** Of the scripts. */
  readonly sessions?: ArrivalReport
  /** Acts of the CSMS that the load asked for. */
  readonly commands?: ArrivalReport
}

export interface ScriptsReport {
  readonly completed: number
  readonly failed: number
  /** Still played when the run was over; left out where none did. */
  readonly cutOff?: number
  readonly reasons: Readonly<Record<string, number>>
  readonly byFleet: Readonly<
    Record<
      string,
      {
        readonly completed: number
        readonly failed: number
        readonly cutOff?: number
        readonly reasons: Readonly<Record<string, number>>
      }
    >
  >
}

export interface TransactionsReport {
  readonly started: number
  readonly stopped: number
  readonly energyWh: number
  /** Messages that begin or end one and that the target never answered. */
  readonly undelivered: number
  /** Acknowledged and missing in the CSMS; null while the books are unchecked. */
  readonly lost: number | null
  /** Every other difference between the books; null while they are unchecked. */
  readonly mismatched: number | null
}

interface BooksReport {
  readonly checked: boolean
  /** Why nobody could look although somebody wanted to; such a run fails. */
  readonly unreadable?: string
  readonly source: BooksSource | null
  readonly compared: number
  /** The first 100. */
  readonly mismatches: readonly Mismatch[]
}

export interface RuleReport {
  readonly count: number
  /** MUST as soon as one of them broke a MUST. */
  readonly level: ViolationLevel
  /** The scenario's `tolerate:` names the rule. */
  readonly tolerated: boolean
  readonly samples: readonly ViolationSample[]
}

export interface ViolationsReport {
  readonly total: number
  readonly byRule: Readonly<Record<string, RuleReport>>
}

export interface ThresholdReport {
  readonly metric: string
  readonly expression: string
  /** What it covered. */
  readonly during: Covered
  /** Milliseconds for times; null where there was nothing to tell it from. */
  readonly actual: number | null
  readonly unit: 'ms' | 'count'
  /** Null in an invalid run, where what held may have held because of the generator. */
  readonly pass: boolean | null
  readonly note?: string
}

/** A point of the series with what the processes of the run used meanwhile. */
export interface SeriesPointReport extends SeriesPoint {
  /** The window that holds the point's begin. */
  readonly phase: Phase
  /** Of the busiest worker; 1 is one core fully used. Null where nothing was sampled. */
  readonly cpuShare: number | null
  /** Of the embedded management system; null for an external one. */
  readonly targetCpuShare: number | null
}

/**
 * Every latency counted, in buckets of microseconds that add over runs
 * (`metrics/latency-histogram`). They cover `window.headline`; connect, TLS and boot times the whole
 * run.
 */
export interface HistogramsReport {
  readonly responseTime: EncodedHistogram
  readonly responseTimeAll: EncodedHistogram
  readonly serviceTime: EncodedHistogram
  readonly lag: EncodedHistogram
  readonly gateWait: EncodedHistogram
  readonly connectTime: EncodedHistogram
  readonly bootTime: EncodedHistogram
  /** Left out where nothing was encrypted. */
  readonly tlsTime?: EncodedHistogram
  readonly actions: Readonly<Record<string, ActionHistograms>>
  /** Told to answered, by action. */
  readonly commands: Readonly<Record<string, EncodedHistogram>>
}

export interface ExchangeHistograms {
  readonly responseTime: EncodedHistogram
  readonly serviceTime: EncodedHistogram
}

export interface ActionHistograms extends ExchangeHistograms {
  /** Only where more than one version sent the action. */
  readonly byVersion?: Readonly<Record<string, ExchangeHistograms>>
}

/** The highest rate that held, and every rate that was tried on the way. */
export interface FindMaxReport {
  /** Exchanges per second; null where not even the lowest held. */
  readonly sustainedPerSecond: number | null
  readonly limitedBy: 'generator' | 'target' | 'threshold' | null
  /** What broke first, one sentence; null where nothing did. */
  readonly brokeFirst: string | null
  readonly probes: readonly ProbeReport[]
}

/** One rate, held for a while. Times in milliseconds. */
export type ProbeReport = ProbeResult

export interface TargetReport {
  /** Without credentials. */
  readonly url: string
  readonly embedded: boolean
  /** Of the embedded management system, mean of the headline window; null for an external one. */
  readonly cpuShare: number | null
  readonly maxRssBytes: number | null
}

export interface GeneratorReport {
  /** Intended instant to timer fired, of scheduled CALLs. */
  readonly lagMs: LatencySummary
  readonly gateWaitMs: LatencySummary
  /** Mean and worst 10 s of a worker; 1 is one core fully used. Null where nothing was sampled. */
  readonly cpuShare: { readonly mean: number | null; readonly max: number | null }
  readonly workers: number
  readonly maxRssBytes: number
  /** Of the machine's cores together; null where the system does not say. */
  readonly machine: { readonly idleShare: number | null; readonly stolenShare: number | null }
  readonly limitedBy: 'generator' | null
}

/** Whether the offered rate was sustained: over at least 60 s of steady. */
export interface SustainedReport {
  readonly sustained: boolean
  /** What is missing; empty where sustained. */
  readonly reasons: readonly string[]
  /** CALLs that fell due per second of the headline window. */
  readonly offeredPerSecond: number | null
  readonly achievedPerSecond: number | null
}
