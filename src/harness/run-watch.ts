import type { WindowSeconds } from '../metrics/phase.ts'
import { probePhase } from '../metrics/probe.ts'
import { thresholdToAbort } from '../metrics/threshold-results.ts'
import { realClock } from '../platform/real-clock.ts'
import { epochNow } from '../platform/shared-instants.ts'
import type { Progress } from '../report/progress.ts'
import type { TargetUsage } from '../report/run-facts.ts'
import { loadModel } from '../simulator/scenario/describe-load.ts'
import { estimateSimulatedMs } from '../simulator/scenario/estimate.ts'
import type { LoadPlan, Plan } from '../simulator/scenario/plan.ts'
import type { WorkerPool } from '../simulator/workers/worker-pool.ts'
import type { MachineWatch } from './machine-watch.ts'
import type { RunObserver, RunOptions } from './run-options.ts'
import type { RunStanding } from './run-progress.ts'
import type { RunSetup } from './run-setup.ts'
import type { RunTally } from './run-tally.ts'
import type { SteadySpans } from './steady-spans.ts'
import { leastPatienceMs, TargetWatch } from './target-watch.ts'
import type { Timeline } from './timeline.ts'

const beatMs = 1000
/** Workers tell once a second; one that is silent for longer is counted as it stands. */
const longestStaleMs = 2000

/** What is watched. */
export interface Watched {
  readonly setup: Pick<RunSetup, 'plan' | 'stations' | 'beganAt'> & {
    readonly options: Pick<RunOptions, 'connectTimeoutMs'> & {
      readonly observer: Pick<RunObserver, 'progress'>
    }
  }
  readonly tally: RunTally
  readonly timeline: Timeline
  readonly spans: SteadySpans
  readonly pool: Pick<WorkerPool, 'some'>
  readonly embedded: boolean
  /** What the embedded CSMS used so far; empty for any other. */
  readonly usage: readonly TargetUsage[]
  readonly machine: MachineWatch
}

/**
 * Looks at a run once a second, on the coordinator's own timer: no worker has to live for it. Tells
 * the progress, and cuts the run short where its target is gone or a threshold says so.
 */
export class RunWatch {
  readonly #watched: Watched
  readonly #target: TargetWatch
  /** How the run stood when it was last looked at. */
  newest: Progress | undefined
  #acceptanceAwaited = false
  #stopBeat: () => void
  #stopAwaiting: () => void = () => undefined

  constructor(watched: Watched) {
    this.#watched = watched
    const { connectTimeoutMs } = watched.setup.options
    this.#target = new TargetWatch(Math.max(connectTimeoutMs, leastPatienceMs))
    this.#stopBeat = realClock.after(beatMs, () => this.#beat())
  }

  stop(): void {
    this.#stopBeat()
    this.#stopAwaiting()
  }

  /** From the first attempt on somebody has to be accepted in time; silence counts. */
  attempted(): void {
    const { embedded, setup, pool, tally, timeline } = this.#watched
    // The embedded CSMS refuses whom the scenario tells it to refuse.
    if (this.#acceptanceAwaited || embedded) return
    this.#acceptanceAwaited = true
    const { connectTimeoutMs } = setup.options
    this.#stopAwaiting = realClock.after(connectTimeoutMs, () => {
      if (pool.some('accepted') || tally.pending) return
      const silence = `nothing was answered within ${connectTimeoutMs / 1000} s`
      timeline.cut({ kind: 'unreachable', reason: tally.refusal ?? silence })
    })
  }

  #beat(): void {
    this.#stopBeat = realClock.after(beatMs, () => this.#beat())
    const { setup, tally } = this.#watched
    const elapsedMs = epochNow() - setup.beganAt
    this.#watched.machine.look(elapsedMs / 1000)
    this.newest = tally.progress(this.#standing(elapsedMs / 1000))
    setup.options.observer.progress(this.newest)
    this.#watchTarget(elapsedMs)
    this.#watchThresholds(elapsedMs)
  }

  #standing(elapsedSeconds: number): RunStanding {
    const { setup, timeline, usage } = this.#watched
    const { plan, stations } = setup
    const { steadyMs } = plan.load
    const isOnePiece = steadyMs === undefined && timeline.phase === 'ramp'
    return {
      elapsedSeconds,
      phase: isOnePiece ? 'run' : timeline.phase,
      searching: plan.load.executor.name === 'find-max' && timeline.phase === probePhase,
      requested: stations,
      model: loadModel(plan),
      thresholds: plan.thresholds,
      windows: timeline.seconds,
      headline: timeline.headline,
      within: this.#watched.spans.within,
      planned: plannedSeconds(plan.load),
      scripts: steadyMs === undefined ? scriptCount(plan) : undefined,
      longestSeconds: estimateSimulatedMs(plan) / plan.speed / 1000,
      targetCpuShare: usage.at(-1)?.cpuShare,
    }
  }

  /** Scripts that wait for a target that is gone would wait for ever; windows end by themselves. */
  #watchTarget(elapsedMs: number): void {
    const { embedded, setup, tally, timeline } = this.#watched
    if (embedded || setup.plan.load.steadyMs !== undefined) return
    if (!this.#target.isGone(elapsedMs, tally.connected, tally.connectFailures)) return
    timeline.cut({ kind: 'unreachable', reason: 'it went away' })
  }

  /**
   * How long each window had lasted when the workers told their counts: divided by the time until
   * now, a rate would look too low, the more so the younger its window.
   */
  #countedSeconds(): WindowSeconds {
    const { tally, timeline } = this.#watched
    const { phase, seconds } = timeline
    const stale = Math.min(tally.staleMs, longestStaleMs) / 1000
    return { ...seconds, [phase]: Math.max(0, seconds[phase] - stale) }
  }

  #watchThresholds(elapsedMs: number): void {
    const { setup, tally, timeline } = this.#watched
    const { thresholds } = setup.plan
    if (!thresholds.some(({ abortOnFail }) => abortOnFail)) return
    const measured = {
      snapshot: tally.snapshot(),
      windows: this.#countedSeconds(),
      headline: timeline.headline,
      within: this.#watched.spans.within,
    }
    const failed = thresholdToAbort(thresholds, measured, elapsedMs)
    if (!failed) return
    timeline.cut({ kind: 'aborted', threshold: `${failed.metric} ${failed.expression}` })
  }
}

function plannedSeconds({ warmupMs, steadyMs, gracefulStopMs, drainMs }: LoadPlan) {
  if (steadyMs === undefined) return {}
  const drain = gracefulStopMs + drainMs
  return { warmup: warmupMs / 1000, steady: steadyMs / 1000, drain: drain / 1000 }
}

/** Every station with a script plays it once. */
function scriptCount({ fleets }: Plan): number {
  return fleets.reduce((sum, { script, count }) => sum + (script.length > 0 ? count : 0), 0)
}
