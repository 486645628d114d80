import { headlinePhases, type Phase, type WindowSeconds } from '../metrics/phase.ts'
import { realClock } from '../platform/real-clock.ts'
import { epochNow } from '../platform/shared-instants.ts'
import type { RunEnd, WindowFacts } from '../report/run-facts.ts'
import type { LoadPlan } from '../simulator/scenario/plan.ts'
import type { WorkerPool } from '../simulator/workers/worker-pool.ts'

/** A window begins so much later than it is announced, so that all workers begin it together. */
export const noticeMs = 20
/** The same where its begin is known long before: it then lasts exactly as long as the plan says. */
const longNoticeMs = 200
/** How long a run that was cut short may drain. */
const longestHaste = 10_000
/** How long workers may take to hand over what they have. */
const handOverMs = 30_000

type TimedPool = Pick<WorkerPool, 'all' | 'enter' | 'finish'>

/** What cuts a run short. */
export type CutShort = Exclude<RunEnd, { kind: 'complete' }>

/** A part of warm-up that turned out to be what the run is judged by; epoch milliseconds. */
export interface SteadySpan {
  readonly fromEpochMs: number
  readonly toEpochMs: number
}

/** Fills the time between ramp and drain in a way of its own, and may leave a steady window. */
export type Search = (interrupted: Promise<void>) => Promise<SteadySpan | undefined>

export interface TimelineOptions {
  /** In place of warm-up and steady. */
  readonly search?: Search | undefined
  /** Hears when steady begins, a moment before it does; epoch milliseconds. */
  readonly steadyBegins?: (atEpochMs: number) => void
}

/** The windows of a run, one after the other: ramp, warm-up, steady, drain. */
export class Timeline {
  readonly #pool: TimedPool
  readonly #load: LoadPlan
  readonly #options: TimelineOptions
  readonly #windows: { readonly phase: Phase; readonly atEpochMs: number }[]
  /** Where the window that runs ends by plan. */
  #nextEpochMs: number | undefined
  #endedAt: number | undefined
  #cutShort: CutShort | undefined
  #wake: () => void = () => undefined
  readonly #interrupted: Promise<void>

  constructor(pool: TimedPool, load: LoadPlan, beganAt: number, options: TimelineOptions = {}) {
    this.#pool = pool
    this.#load = load
    this.#options = options
    this.#windows = [{ phase: 'ramp', atEpochMs: beganAt }]
    this.#interrupted = new Promise((resolve) => {
      this.#wake = resolve
    })
  }

  get phase(): Phase {
    return this.#windows.at(-1)?.phase ?? 'ramp'
  }

  get end(): RunEnd {
    return this.#cutShort ?? { kind: 'complete' }
  }

  /** Ends the run early; only the first reason counts. */
  cut(reason: CutShort): void {
    this.#cutShort ??= reason
    this.#wake()
  }

  /**
   * Takes the run through its windows and the workers to their end. Resolves to false where a worker
   * did not hand over in time.
   */
  async run(): Promise<boolean> {
    const { steadyMs, warmupMs } = this.#load
    const pool = this.#pool
    const ramped = pool.all(steadyMs === undefined ? 'idle' : 'ramped')
    await Promise.race([ramped, this.#interrupted])
    const { search } = this.#options
    if (search) await this.#lead(search)
    else if (steadyMs !== undefined) {
      await this.#window('warmup', warmupMs)
      await this.#window('steady', steadyMs)
    }
    if (steadyMs !== undefined || this.#cutShort) {
      await this.#drain()
    }
    pool.finish()
    const handedOver = await within(handOverMs, pool.all('finished'))
    this.#endedAt = epochNow()
    return handedOver
  }

  /** How long each window lasted, so far. */
  get seconds(): WindowSeconds {
    const seconds: Record<Phase, number> = { ramp: 0, warmup: 0, steady: 0, drain: 0 }
    for (const window of this.facts()) seconds[window.phase] = window.seconds
    return seconds
  }

  /** What figures will cover once the run is over. */
  get headline(): readonly Phase[] {
    const { steadyMs = 0 } = this.#load
    return headlinePhases({ ramp: 0, warmup: 0, steady: steadyMs, drain: 0 })
  }

  facts(): WindowFacts[] {
    return this.#windows.map(({ phase, atEpochMs }, i) => {
      const end = this.#windows[i + 1]?.atEpochMs ?? this.#endedAt ?? epochNow()
      return {
        phase,
        startedAt: new Date(atEpochMs).toISOString(),
        seconds: Math.max(0, end - atEpochMs) / 1000,
      }
    })
  }

  /** What cuts the run short also shortens a drain that has begun. */
  async #drain(): Promise<void> {
    const beganEpochMs = this.phase === 'drain' ? epochNow() : this.#enter('drain')
    const idle = this.#pool.all('idle')
    const endEpochMs = beganEpochMs + this.#longestDrainMs
    const withinMs = beganEpochMs - epochNow() + this.#drainMs
    await Promise.race([within(withinMs, idle), this.#interrupted])
    const leftMs = Math.min(this.#drainMs, endEpochMs - epochNow())
    if (this.#cutShort && leftMs > 0) await within(leftMs, idle)
  }

  /** Scripts may finish, and then answers may come. */
  get #longestDrainMs(): number {
    return this.#load.gracefulStopMs + this.#load.drainMs
  }

  get #drainMs(): number {
    if (!this.#cutShort) return this.#longestDrainMs
    return this.#cutShort.kind === 'unreachable' ? 0 : Math.min(this.#load.drainMs, longestHaste)
  }

  /** All of a search is warm-up but what it says was steady. */
  async #lead(search: Search): Promise<void> {
    if (this.#cutShort) return
    this.#enter('warmup')
    const steady = await search(this.#interrupted)
    if (!steady) return
    this.#windows.push({ phase: 'steady', atEpochMs: steady.fromEpochMs })
    this.#enter('drain', steady.toEpochMs)
  }

  async #window(phase: Phase, ms: number): Promise<void> {
    if (this.#cutShort || ms <= 0) return
    const atEpochMs = this.#enter(phase)
    if (phase === 'steady') this.#options.steadyBegins?.(atEpochMs)
    const endEpochMs = atEpochMs + ms
    const over = Promise.race([this.#pool.all('idle'), this.#interrupted])
    const early = await within(endEpochMs - longNoticeMs - epochNow(), over)
    if (!early) this.#nextEpochMs = endEpochMs
  }

  /**
   * @param since when it counts as begun, where that is over already
   * @returns when it begins in the workers
   */
  #enter(phase: Phase, since?: number): number {
    const atEpochMs = this.#nextEpochMs ?? epochNow() + noticeMs
    this.#nextEpochMs = undefined
    this.#windows.push({ phase, atEpochMs: since ?? atEpochMs })
    this.#pool.enter(phase, atEpochMs, this.#cutShort ? 0 : this.#load.gracefulStopMs)
    return atEpochMs
  }
}

/** Whether it was there before the time was up. */
export function within(ms: number, what: Promise<void>): Promise<boolean> {
  return new Promise((resolve) => {
    const stop = realClock.after(Math.max(0, ms), () => resolve(false))
    void what.then(() => {
      stop()
      resolve(true)
    })
  })
}
