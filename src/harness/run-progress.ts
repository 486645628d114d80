import { inMs } from '../metrics/latency-summary.ts'
import { type Phase, phases, type WindowSeconds } from '../metrics/phase.ts'
import type { RecentProblem } from '../metrics/recent-problems.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import { evaluateThreshold, type Measured } from '../metrics/threshold-results.ts'
import type { During, ThresholdPlan } from '../metrics/thresholds.ts'
import type { LoadModel } from '../metrics/validity.ts'
import type {
  Progress,
  ScriptProgress,
  StationProgress,
  ThresholdProgress,
  TimeLeft,
} from '../report/progress.ts'
import { sumOfCounts } from '../simulator/workers/station-counts.ts'
import type { Tick } from '../simulator/workers/worker-messages.ts'
import { GeneratorHealth } from './generator-health.ts'
import { percentileOf, RecentSeconds } from './recent-seconds.ts'
import { ServiceTimes } from './service-times.ts'

/** What the coordinator knows besides what its workers tell. */
export interface RunStanding {
  readonly elapsedSeconds: number
  /** `run` where the scenario has no windows. */
  readonly phase: During
  /** `find-max` tries one rate after the other. */
  readonly searching: boolean
  /** Stations of all fleets. */
  readonly requested: number
  readonly model: LoadModel
  readonly thresholds: readonly ThresholdPlan[]
  /** Seconds so far, and what thresholds without `during` cover. */
  readonly windows: WindowSeconds
  readonly headline: readonly Phase[]
  /** What was counted in a part of steady so far. */
  readonly within?: Measured['within']
  /** Seconds of each phase that has a length; undefined = as long as it takes. */
  readonly planned: Readonly<Partial<Record<Phase, number>>>
  /** Scripts to be played; undefined where they are played again and again. */
  readonly scripts: number | undefined
  /** Longest that the scripts may take, in real seconds. */
  readonly longestSeconds: number
  /** Cores that the embedded CSMS kept busy last; undefined for any other. */
  readonly targetCpuShare: number | undefined
}

/** Problems that are kept to be shown. */
const mostProblems = 50
/** Below this much done, what is left cannot be told from how long it took so far. */
const leastDone = 0.2

/** Puts together, once a second, how a run stands. */
export class RunProgress {
  readonly #workers: number
  readonly #seconds: RecentSeconds
  readonly #service = new ServiceTimes()
  readonly #health: GeneratorHealth
  readonly #last = new Map<number, Tick>()
  readonly #dead = new Set<number>()
  #problems: RecentProblem[] = []
  #errors = 0

  constructor(workers: number) {
    this.#workers = workers
    this.#seconds = new RecentSeconds(workers)
    this.#health = new GeneratorHealth()
  }

  tick(worker: number, tick: Tick): void {
    this.#last.set(worker, tick)
    this.#health.add(`worker ${worker + 1}`, tick)
    for (const sample of tick.seconds) {
      this.#seconds.add(sample)
      this.#errors += sample.errors
    }
    this.#keep(tick.problems)
  }

  /** Its stations are lost. */
  died(worker: number): void {
    this.#dead.add(worker)
    this.fault(`worker ${worker + 1} ended: its stations are lost`)
  }

  /** Something went wrong in csms itself. */
  fault(what: string): void {
    const seconds = [...this.#last.values()].map(({ second }) => second)
    const second = Math.floor(Math.max(0, ...seconds))
    this.#keep([{ second, station: 'csms', level: 'error', what }])
  }

  read(standing: RunStanding, snapshot: Snapshot): Progress {
    const { phase, elapsedSeconds, requested } = standing
    const last = this.#seconds.last
    const response = this.#seconds.response()
    this.#service.add(snapshot)
    const stations = this.#stations(requested)
    const scripts = scriptsOf(snapshot, standing.scripts)
    return {
      elapsedSeconds,
      model: standing.model,
      phase,
      searching: standing.searching,
      windows: windowsOf(standing),
      ...wayOf(standing, stations, scripts),
      stations,
      connected: stations.connected + stations.accepted,
      requested,
      scripts,
      offeredPerSecond: last?.offered ?? 0,
      exchangesPerSecond: last?.completed ?? 0,
      messagesPerSecond: last?.messages ?? 0,
      responseP99Ms: last?.responseP99Ms ?? null,
      recent: {
        p50Ms: percentileOf(response, 50),
        p95Ms: percentileOf(response, 95),
        p99Ms: percentileOf(response, 99),
        serviceP95Ms: this.#service.percentile(95),
      },
      history: this.#seconds.history(),
      backlog: last?.backlog ?? 0,
      errors: this.#errors,
      ...troublesOf(snapshot),
      problems: this.#problems,
      generator: this.#health.read({
        model: standing.model,
        judged: phase === 'run' || standing.headline.some((one) => one === phase),
        lagP99Ms: inMs(this.#seconds.lag().percentile(99)),
        responseP99Ms: inMs(response.percentile(99)),
        thresholds: standing.thresholds,
        localSocketErrors: [...this.#last.values()].map((tick) => tick.localSocketErrors),
        workers: this.#workers - this.#dead.size,
      }),
      targetCpuShare: standing.targetCpuShare ?? null,
      thresholds: standing.thresholds.map((plan) => thresholdOf(plan, standing, snapshot)),
    }
  }

  #keep(problems: readonly RecentProblem[]): void {
    if (problems.length > 0) this.#problems = [...this.#problems, ...problems].slice(-mostProblems)
  }

  #stations(requested: number): StationProgress {
    let lost = 0
    const living: Tick[] = []
    for (let worker = 0; worker < this.#workers; worker += 1) {
      const tick = this.#last.get(worker)
      // Stations are dealt by index.
      if (this.#dead.has(worker)) lost += Math.ceil((requested - worker) / this.#workers)
      else if (tick) living.push(tick)
    }
    const counts = sumOfCounts(living.map(({ stations }) => stations))
    const { connecting, connected, accepted, offline } = counts
    const waiting = requested - lost - connecting - connected - accepted - offline
    return { ...counts, waiting: Math.max(0, waiting), lost }
  }
}

/** How much of the phase is done, and how long the rest takes. */
function wayOf(
  standing: RunStanding,
  stations: StationProgress,
  { completed, failed, planned }: ScriptProgress,
): Pick<Progress, 'done' | 'left'> {
  const { phase, elapsedSeconds, requested, windows } = standing
  if (phase === 'ramp') {
    const done = Math.min(1, stations.accepted / requested)
    return { done, left: done < leastDone ? null : guess(windows.ramp, done) }
  }
  if (phase === 'run') {
    const done = planned ? Math.min(1, (completed + failed) / planned) : null
    const bound = standing.longestSeconds - elapsedSeconds
    if (bound <= 0) return { done, left: null }
    // All scripts are done, and events of the timeline still come.
    if (done === 1) {
      const whole = elapsedSeconds + bound
      return { done: elapsedSeconds / whole, left: { seconds: bound, how: 'about' } }
    }
    const left = done === null || done < leastDone ? null : guess(elapsedSeconds, done)
    if (left && left.seconds < bound) return { done, left }
    return { done, left: { seconds: bound, how: 'at most' } }
  }
  const length = standing.planned[phase] ?? 0
  if (length === 0 || standing.searching) return { done: null, left: null }
  const seconds = Math.min(length, windows[phase])
  const how = phase === 'drain' ? 'at most' : 'exactly'
  return { done: seconds / length, left: { seconds: length - seconds, how } }
}

/** The rest takes as long as what is done did. */
function guess(seconds: number, done: number): TimeLeft {
  return { seconds: (seconds * (1 - done)) / done, how: 'about' }
}

function windowsOf({ windows, planned, phase }: RunStanding): Progress['windows'] {
  return phases
    .filter((one) => one === 'ramp' || one === phase || windows[one] > 0 || (planned[one] ?? 0) > 0)
    .map((one) => ({
      phase: one,
      seconds: windows[one],
      plannedSeconds: planned[one] ?? null,
    }))
}

function scriptsOf({ scripts }: Snapshot, planned: number | undefined): Progress['scripts'] {
  let completed = 0
  let failed = 0
  for (const fleet of Object.values(scripts)) {
    completed += fleet.completed
    failed += fleet.failed
  }
  return { completed, failed, planned: planned ?? null }
}

type Troubles = Pick<Progress, 'errorKinds' | 'dropped' | 'violations' | 'connectFailures'>

/** In the order they are told. */
const errorNames = {
  callErrors: 'CALLERROR',
  invalid: 'invalid answer',
  timeouts: 'timeout',
  lost: 'lost',
  unsent: 'not sent',
  unfinished: 'unfinished',
} as const

function troublesOf({ exchanges, stations, violations }: Snapshot): Troubles {
  const errorKinds: Record<string, number> = {}
  let dropped = 0
  for (const { windows } of exchanges) {
    for (const window of Object.values(windows)) {
      dropped += window.dropped
      for (const [key, name] of Object.entries(errorNames)) {
        count(errorKinds, name, window[key as keyof typeof errorNames])
      }
    }
  }
  const connectFailures: Record<string, number> = {}
  for (const fleet of stations) {
    for (const [kind, times] of Object.entries(fleet.connectFailures)) {
      count(connectFailures, kind, times)
    }
  }
  const broken = Object.values(violations).reduce((sum, { must, should }) => sum + must + should, 0)
  return { errorKinds, dropped, violations: broken, connectFailures }
}

function count(counts: Record<string, number>, name: string, times: number): void {
  if (times > 0) counts[name] = (counts[name] ?? 0) + times
}

function thresholdOf(
  plan: ThresholdPlan,
  { windows, headline, within }: RunStanding,
  snapshot: Snapshot,
): ThresholdProgress {
  const { metric, expression, actual, unit, pass } = evaluateThreshold(plan, {
    snapshot,
    windows,
    headline,
    within,
  })
  return { metric, expression, actual, unit, pass }
}
