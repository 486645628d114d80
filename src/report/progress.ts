import type { Phase } from '../metrics/phase.ts'
import type { RecentProblem } from '../metrics/recent-problems.ts'
import type { During } from '../metrics/thresholds.ts'
import type { LoadModel } from '../metrics/validity.ts'

/** How a run stands, once a second: plain data for lines, views and metrics endpoints. */
export interface Progress {
  readonly elapsedSeconds: number
  readonly model: LoadModel
  /** `run` where the scenario has no windows. */
  readonly phase: During
  /** `find-max` tries one rate after the other: the phase lasts until it found one. */
  readonly searching: boolean
  /** What the run goes through, in order. */
  readonly windows: readonly WindowProgress[]
  /** Of the phase that runs: share done, 0 to 1, and what is left of it; null = nobody knows. */
  readonly done: number | null
  readonly left: TimeLeft | null
  readonly stations: StationProgress
  /** Open WebSockets. */
  readonly connected: number
  /** Stations of all fleets. */
  readonly requested: number
  readonly scripts: ScriptProgress
  /** Of the newest whole second. */
  readonly offeredPerSecond: number
  readonly exchangesPerSecond: number
  readonly messagesPerSecond: number
  readonly responseP99Ms: number | null
  /** Of what settled in the last 10 s. */
  readonly recent: RecentTimes
  readonly history: ProgressHistory
  /** CALLs due and not settled. */
  readonly backlog: number
  /** Since the run began: due CALLs without a valid CALLRESULT. */
  readonly errors: number
  /** The same by how they ended; kinds that did not happen are left out. */
  readonly errorKinds: Readonly<Record<string, number>>
  /** Due CALLs that the backlog policy left out. */
  readonly dropped: number
  /** Broken rules, since the run began. */
  readonly violations: number
  /** Failed attempts to connect, by kind. */
  readonly connectFailures: Readonly<Record<string, number>>
  /** What went wrong last, the newest last. */
  readonly problems: readonly RecentProblem[]
  readonly generator: GeneratorProgress
  /** Of the embedded CSMS: cores that it keeps busy; null for any other. */
  readonly targetCpuShare: number | null
  readonly thresholds: readonly ThresholdProgress[]
}

export interface TimeLeft {
  readonly seconds: number
  /** By the scenario, from how long it took so far, or the most that the scenario can take. */
  readonly how: 'exactly' | 'about' | 'at most'
}

export interface WindowProgress {
  readonly phase: Phase
  readonly seconds: number
  /** Null: it lasts as long as it takes. */
  readonly plannedSeconds: number | null
}

/** Every station of the run is in exactly one of these. */
export interface StationProgress {
  /** Its turn to connect has not come. */
  readonly waiting: number
  readonly connecting: number
  /** Connected, and its boot not accepted. */
  readonly connected: number
  readonly accepted: number
  /** Off the network: by script, or cut off. */
  readonly offline: number
  /** Its worker died. */
  readonly lost: number
}

export interface ScriptProgress {
  readonly completed: number
  readonly failed: number
  /** How many there are to be; null where they are played again and again. */
  readonly planned: number | null
}

interface RecentTimes {
  readonly p50Ms: number | null
  readonly p95Ms: number | null
  readonly p99Ms: number | null
  readonly serviceP95Ms: number | null
}

/** Second by second, at most a minute, the oldest first. */
export interface ProgressHistory {
  readonly offered: readonly number[]
  readonly achieved: readonly number[]
  readonly responseP99Ms: readonly (number | null)[]
}

/** How the load generator itself fares, over the last 10 s. */
export interface GeneratorProgress {
  /** Due timer fired − intended; null where nothing is due at instants of its own. */
  readonly lagP99Ms: number | null
  /** Beyond this the run is not valid. */
  readonly lagLimitMs: number
  /** Of the busiest worker: cores. */
  readonly cpuShare: number | null
  /** Of the busiest worker: how much of the time its event loop was not idle. */
  readonly loopShare: number | null
  readonly workers: number
  /** `limit`: what is measured now would not be valid. */
  readonly state: 'healthy' | 'strained' | 'limit'
  /** Why it is not healthy, a sentence each. */
  readonly reasons: readonly string[]
}

export interface ThresholdProgress {
  /** Metric and tags as written. */
  readonly metric: string
  readonly expression: string
  /** Null: nothing was measured yet. */
  readonly actual: number | null
  readonly unit: 'ms' | 'count'
  readonly pass: boolean
}
