import { lengthOf } from '../metrics/bounded-samples.ts'
import { isHopeless, judgeProbe, type LimitedBy, type ProbeResult } from '../metrics/probe.ts'
import { RateSearch } from '../metrics/rate-search.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import { snapshotBetween } from '../metrics/snapshot-difference.ts'
import type { ThresholdPlan } from '../metrics/thresholds.ts'
import type { HealthSample } from '../metrics/validity.ts'
import { epochNow } from '../platform/shared-instants.ts'
import { isWithin } from '../report/generator-report.ts'
import type { FindMaxReport } from '../report/result.ts'
import type { ExecutorPlan } from '../simulator/executors/registry.ts'
import { thousands } from '../simulator/scenario/counted.ts'
import type { WorkerPool } from '../simulator/workers/worker-pool.ts'
import type { RunTally } from './run-tally.ts'
import { noticeMs, type SteadySpan, within } from './timeline.ts'

export type FindMaxOptions = Extract<ExecutorPlan, { name: 'find-max' }>['options']

/** What a search reads of a run's tally. */
interface Measuring extends Pick<RunTally, 'marked' | 'backlog'> {
  facts(): {
    readonly series: {
      readonly intervalSeconds: number
      readonly points: readonly { readonly second: number; readonly backlog: number }[]
    }
    readonly workers: readonly { readonly health: readonly HealthSample[] }[]
    readonly localSocketErrors: Readonly<Record<string, number>>
  }
}

export interface FindMaxRun {
  readonly options: FindMaxOptions
  /** Held at the first rate before the first probe. */
  readonly warmupMs: number
  readonly thresholds: readonly ThresholdPlan[]
  readonly pool: Pick<WorkerPool, 'retune' | 'mark' | 'all'>
  readonly tally: Measuring
  /** When the run began, epoch milliseconds. */
  readonly beganAt: number
  readonly note: (sentence: string) => void
}

/** What was measured while the rate that was found held for long. */
export interface Confirmed extends SteadySpan {
  readonly counted: Snapshot
}

/** A backlog that is worth so many seconds of the rate, and grows, will not go away. */
const hopelessSeconds = 3
const hopelessAtLeast = 200
/** A confirmation is not judged before so much of it is over. */
const leastShare = 0.15
/** How long a target may take to work off what a probe left. */
const longestRecoveryMs = 60_000
const pollMs = 250
const longestMarkMs = 10_000

interface Judged {
  readonly result: ProbeResult
  readonly limitedBy: LimitedBy | null
}

/**
 * Searches the highest rate that the target sustains. Every probe is a rate that settles and is then
 * measured, judged on the difference of the workers' counts at the two ends.
 */
export class FindMax {
  readonly #run: FindMaxRun
  readonly #rates: RateSearch
  readonly #probes: ProbeResult[] = []
  readonly #decisive: Judged[] = []
  /** The generator was late at this rate, once. */
  #doubtful: number | undefined
  #confirmed: Confirmed | undefined
  #stuck: string | undefined
  #over = false

  constructor(run: FindMaxRun) {
    this.#run = run
    const { startRate, maxRate, precision } = run.options
    this.#rates = new RateSearch({ start: startRate, max: maxRate, precision })
  }

  /** What it came to, so far. */
  get report(): FindMaxReport {
    const broke = this.#lowestThatBroke
    return {
      sustainedPerSecond: this.#rates.confirmed ?? null,
      limitedBy: broke?.limitedBy ?? null,
      brokeFirst: this.#stuck ?? broke?.result.reasons[0] ?? null,
      probes: this.#probes,
    }
  }

  /** Where the rate that was found held for long. */
  get confirmed(): Confirmed | undefined {
    return this.#rates.confirmed === undefined ? undefined : this.#confirmed
  }

  /** Resolves when the highest rate is known, when no rate holds, or when interrupted. */
  async search(interrupted: Promise<void>): Promise<SteadySpan | undefined> {
    const { options, warmupMs, pool } = this.#run
    const over = Promise.race([interrupted, pool.all('idle')]).then(() => {
      this.#over = true
    })
    if (warmupMs > 0) {
      pool.retune(options.startRate, epochNow() + noticeMs)
      await within(warmupMs, over)
    }
    for (let next = this.#rates.next; next && !this.#over; next = this.#rates.next) {
      const judged = await this.#probe(next.rate, next.kind === 'confirm', over)
      if (!judged) break
      const held = judged.limitedBy === null
      this.#probes.push(judged.result)
      this.#tell(judged, next.kind === 'confirm')
      // A machine that was disturbed for a moment says nothing of the rate: it gets a second chance.
      if (judged.limitedBy === 'generator' && this.#doubtful !== next.rate) {
        this.#doubtful = next.rate
      } else {
        this.#decisive.push(judged)
        this.#rates.tried(held)
      }
      if (!held && !(await this.#recovered(next.rate, over))) break
    }
    pool.retune(0, epochNow())
    return this.confirmed
  }

  /** @returns undefined where the run was cut short meanwhile */
  async #probe(rate: number, long: boolean, over: Promise<void>): Promise<Judged | undefined> {
    const { options, pool, tally } = this.#run
    const beganEpochMs = epochNow() + noticeMs
    pool.retune(rate, beganEpochMs)
    const fromEpochMs = beganEpochMs + options.settle
    const first = pool.mark(fromEpochMs)
    const before = tally.facts().localSocketErrors
    const measureMs = long ? options.confirm : options.measure
    let early: Marks | undefined
    void first.then((marks) => {
      early = marks
    })
    const isLost = (): boolean => {
      const share = (epochNow() - fromEpochMs) / measureMs
      if (!long || !early || share < leastShare) return false
      const counted = snapshotBetween(tally.marked(early), tally.marked([]))
      return isHopeless(counted, this.#run.thresholds, share)
    }
    await this.#hold(rate, options.settle + measureMs, isLost, over)
    // Where it was hopeless even before it could settle, there is nothing to measure but that.
    const toEpochMs = Math.max(epochNow() + noticeMs, fromEpochMs + 1000)
    const second = pool.mark(toEpochMs)
    const marks = await this.#collected(first, second, over)
    if (!marks) return undefined
    const [from, to] = marks
    const counted = snapshotBetween(tally.marked(from), tally.marked(to))
    if (long) this.#confirmed = { fromEpochMs, toEpochMs, counted }
    const facts = tally.facts()
    const span = this.#seconds(fromEpochMs, toEpochMs)
    return judgeProbe({
      offeredPerSecond: rate,
      confirming: long,
      seconds: (toEpochMs - fromEpochMs) / 1000,
      counted,
      backlog: facts.series.points
        // Not every worker has told of the last second yet.
        .filter(({ second: at }) => isWithin(at, span, facts.series.intervalSeconds + 1))
        .map(({ backlog }) => backlog),
      health: facts.workers
        .flatMap(({ health }) => health)
        .filter((sample) => isWithin(sample.second, span, lengthOf(sample))),
      localSocketErrors: newErrors(before, facts.localSocketErrors),
      thresholds: this.#run.thresholds,
    })
  }

  /** Waits until the time is up, or nothing but more of the same can come. */
  async #hold(rate: number, ms: number, isLost: () => boolean, over: Promise<void>): Promise<void> {
    const { tally } = this.#run
    const untilEpochMs = epochNow() + ms
    let last = 0
    for (let left = ms; left > 0 && !this.#over; left = untilEpochMs - epochNow()) {
      await within(Math.min(1000, left), over)
      const { backlog } = tally
      if (backlog > hopelessSeconds * rate + hopelessAtLeast && backlog > last) return
      last = backlog
      if (isLost()) return
    }
  }

  async #collected(
    first: Promise<Marks>,
    second: Promise<Marks>,
    over: Promise<void>,
  ): Promise<readonly [Marks, Marks] | undefined> {
    let marks: readonly [Marks, Marks] | undefined
    const both = Promise.all([first, second]).then((them) => {
      marks = them
    })
    await within(longestMarkMs, Promise.race([both, over]))
    return marks
  }

  /** Whether what a probe left was worked off in time. */
  async #recovered(rate: number, over: Promise<void>): Promise<boolean> {
    const { pool, tally } = this.#run
    pool.retune(0, epochNow())
    const untilEpochMs = epochNow() + longestRecoveryMs
    // What the workers told last may be older than what the probe left.
    await within(2000, over)
    while (tally.backlog > 0 && !this.#over) {
      if (epochNow() > untilEpochMs) {
        this.#stuck = `after ${rate}/s ${tally.backlog} CALLs were still open ${longestRecoveryMs / 1000} s later`
        this.#run.note(`The search ends: ${this.#stuck}.`)
        return false
      }
      await within(pollMs, over)
    }
    return true
  }

  #tell({ result }: Judged, long: boolean): void {
    const { offeredPerSecond, achievedPerSecond, p99, verdict, reasons } = result
    const what = long ? 'confirming' : `probe ${this.#probes.length}:`
    const time = p99 === null ? '' : `, p99 ${p99.toFixed(1)} ms`
    const why = reasons[0] === undefined ? '' : `: ${reasons[0]}`
    const achieved = `achieved ${thousands(achievedPerSecond)}/s${time}`
    this.#run.note(`${what} ${thousands(offeredPerSecond)}/s ${verdict} (${achieved})${why}`)
  }

  #seconds(fromEpochMs: number, toEpochMs: number): { readonly from: number; readonly to: number } {
    const { beganAt } = this.#run
    return { from: (fromEpochMs - beganAt) / 1000, to: (toEpochMs - beganAt) / 1000 }
  }

  /** What broke first as the rate rose. */
  get #lowestThatBroke(): Judged | undefined {
    const broke = this.#decisive.filter(({ limitedBy }) => limitedBy !== null)
    return broke.sort((a, b) => a.result.offeredPerSecond - b.result.offeredPerSecond)[0]
  }
}

type Marks = readonly (Snapshot | undefined)[]

function newErrors(
  before: Readonly<Record<string, number>>,
  after: Readonly<Record<string, number>>,
): Record<string, number> {
  return Object.fromEntries(
    Object.entries(after).map(([code, times]) => [code, times - (before[code] ?? 0)]),
  )
}
