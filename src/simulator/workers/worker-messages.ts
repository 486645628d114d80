import type { Phase } from '../../metrics/phase.ts'
import type { RecentProblem } from '../../metrics/recent-problems.ts'
import type { SecondSample } from '../../metrics/second.ts'
import type { Snapshot } from '../../metrics/snapshot.ts'
import type { FileServerUrls } from '../../ocpp/file-transfer.ts'
import type { SimulatedTime } from '../../platform/simulated-clock.ts'
import type { Plan } from '../scenario/plan.ts'
import type { LedgerEntry } from '../station/ledger.ts'
import type { EventReport } from './event-report.ts'
import type { StationCounts } from './station-counts.ts'

/** Where the stations connect to. */
export interface TargetPlan {
  /**
   * Station i connects to `urls[i % urls.length]`. `{id}` stands for its identity; without it the
   * identity is appended to the path.
   */
  readonly urls: readonly string[]
  /** Addresses of this machine that connections leave from, in turn; none = the system chooses. */
  readonly localAddresses: readonly string[]
  readonly headers: Readonly<Record<string, string>>
  /** PEM text of the authorities to trust. */
  readonly ca: string | undefined
  /** Client certificates of all fleets. */
  readonly client: KeyFiles | undefined
  /** Makes client certificates for stations that nobody gave one. */
  readonly issuer: StationIssuer | undefined
  readonly insecure: boolean
  /** Addresses by `host:port`, in place of what the name stands for. */
  readonly resolve: Readonly<Record<string, string>>
}

/** Absolute paths of PEM files; `{id}` stands for the percent-encoded identity. */
export interface KeyFiles {
  readonly cert: string
  readonly key: string
}

/** A certificate authority of the lab. */
export interface StationIssuer {
  readonly certificatePem: string
  readonly keyPem: string
  readonly organization: string
  /** What it issues is valid from then on, epoch ms. */
  readonly fromMs: number
}

/** One worker's part of a run. Instants are epoch milliseconds of `platform/shared-instants`. */
export interface WorkerShare {
  readonly plan: Plan
  /** This worker plays the stations whose run-wide index has this remainder by `workers`. */
  readonly worker: number
  readonly workers: number
  readonly target: TargetPlan
  /** Unique to the run, at most 10 characters: part of every message id. */
  readonly runSalt: string
  /** When the run began: second 0 of the series. */
  readonly originEpochMs: number
  readonly simulated: SimulatedTime
  readonly backdateMs: number
  readonly connectTimeoutMs: number
  /** Base URL of the operator's API, for `command` steps; undefined = there is none. */
  readonly api: string | undefined
  /** Key of that API; undefined = it takes none. */
  readonly apiKey?: string | undefined
  /** Where the embedded CSMS offers files; undefined = nowhere. */
  readonly fileServer: FileServerUrls | undefined
  /** File that every frame is appended to as NDJSON. */
  readonly framesFile: string | undefined
}

export type ToWorker =
  | { readonly kind: 'start'; readonly share: WorkerShare }
  /** A window begins. `drain` ends traffic, and scripts when they have had `gracefulMs` more. */
  | {
      readonly kind: 'phase'
      readonly phase: Phase
      readonly atEpochMs: number
      readonly gracefulMs: number
    }
  /** From this instant on the executor brings another rate, over the whole run. */
  | { readonly kind: 'rate'; readonly perSecond: number; readonly atEpochMs: number }
  /** Asks for all counts as they stand at this instant. */
  | { readonly kind: 'mark'; readonly mark: number; readonly atEpochMs: number }
  /** The simulated day begins, where no window says so. */
  | { readonly kind: 'day'; readonly atEpochMs: number }
  /** A station gave a signal. */
  | { readonly kind: 'signal'; readonly name: string; readonly stationId: string }
  /** Scripts that wait for a signal wait in vain: nobody is left to give one. */
  | { readonly kind: 'giveUp' }
  /** The drain is over: hang up, hand over what is left, end. */
  | { readonly kind: 'finish' }

/** What a worker tells every second. Counts are cumulative. */
export interface Tick {
  readonly snapshot: Snapshot
  readonly seconds: readonly SecondSample[]
  /** Seconds since the run began, when the interval of `cpuShare` did. */
  readonly second: number
  /** CPU time over wall time since the last tick. */
  readonly cpuShare: number
  /** How busy its event loop was since the last tick: 1 = never idle. */
  readonly loopShare: number
  readonly rssBytes: number
  /** Where its stations stand now. */
  readonly stations: StationCounts
  /** The first few things that went wrong since the last tick. */
  readonly problems: readonly RecentProblem[]
  /** Distinct stations whose boot was ever accepted. */
  readonly accepted: number
  readonly localSocketErrors: Readonly<Record<string, number>>
  /** How far the connect ramp was behind its rate, the most so far. */
  readonly rampBehindMs: number
  /** Messages that begin or end a transaction and were not answered yet. */
  readonly undelivered: number
  /** What came between a station and its acceptance, while none was accepted. */
  readonly refusal: string | undefined
  /** A station was told to wait: its boot is Pending. */
  readonly pending: boolean
}

/** The last status of a connector that the CSMS acknowledged. */
export interface ConnectorStatus {
  readonly stationId: string
  readonly evseId: number
  readonly connectorId: number
  readonly status: string
}

/**
 * What happens once in a worker: it first tried to connect; a first boot was accepted; every station
 * was launched and is accepted or past its script; nothing is left to do; all is handed over.
 */
export type Milestone = 'attempted' | 'accepted' | 'ramped' | 'idle' | 'finished'

export type FromWorker =
  | { readonly kind: 'tick'; readonly tick: Tick }
  | { readonly kind: 'reached'; readonly milestone: Milestone }
  /** The counts that a mark asked for. */
  | { readonly kind: 'marked'; readonly mark: number; readonly snapshot: Snapshot }
  /** Text of a `log` step. */
  | { readonly kind: 'log'; readonly stationId: string; readonly text: string }
  /** To be dealt out to all workers, this one too. */
  | { readonly kind: 'signal'; readonly name: string; readonly stationId: string }
  /** Whatever still runs here waits for a signal, or does so no longer. */
  | { readonly kind: 'stuck'; readonly stuck: boolean }
  /** How an event of the timeline goes. */
  | { readonly kind: 'event'; readonly report: EventReport }
  /** Something went wrong in csms itself. */
  | { readonly kind: 'fault'; readonly message: string }
  | {
      readonly kind: 'ledger'
      readonly entries: readonly LedgerEntry[]
      readonly statuses: readonly ConnectorStatus[]
    }
