import { randomBytes } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { thresholdToAbort } from '../metrics/threshold-results.ts'
import type { LoadModel } from '../metrics/validity.ts'
import { readMachine } from '../platform/machine.ts'
import { realClock } from '../platform/real-clock.ts'
import { epochNow } from '../platform/shared-instants.ts'
import { type Books, type BooksRow, compareBooks, uncheckedBooks } from '../report/books.ts'
import { buildReport } from '../report/build-report.ts'
import { showCountOf, showSeconds } from '../report/figures.ts'
import type { Report } from '../report/result.ts'
import type { RunEnd, TargetFacts } from '../report/run-facts.ts'
import { checkWritable, writeReport } from '../report/write-report.ts'
import { CsmsError } from '../shared/errors.ts'
import { estimateSimulatedMs } from '../simulator/scenario/estimate.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import { eachStation } from '../simulator/scenario/station-identity.ts'
import type { TargetPlan, WorkerShare } from '../simulator/workers/worker-messages.ts'
import { WorkerPool } from '../simulator/workers/worker-pool.ts'
import { booksEntry, readApiBooks, readApiStatuses, readUrlBooks } from './books.ts'
import { type EmbeddedCsms, startEmbeddedCsms } from './embedded-csms.ts'
import { readEnvironment } from './environment.ts'
import type { FinishedRun, RunOptions } from './run-options.ts'
import { RunTally } from './run-tally.ts'
import { leastPatienceMs, TargetWatch } from './target-watch.ts'
import { Timeline } from './timeline.ts'
import { leastWorkers, workerCount } from './worker-count.ts'

/**
 * Runs a checked scenario from the first connection to the written report. Whatever the target does
 * ends in a report; what prevents the run from starting at all is thrown: `CSMS_OUTPUT_UNWRITABLE`,
 * `CSMS_LISTEN_FAILED`.
 */
export async function runPlan(options: RunOptions): Promise<FinishedRun> {
  if (options.out !== undefined) await checkWritable(options.out)
  return new Run(options).conduct()
}

class Run {
  readonly #options: RunOptions
  readonly #plan: Plan
  readonly #runId: string
  readonly #stations: number
  readonly #beganAt = epochNow()
  readonly #beganWallMs = realClock.wallMs()
  readonly #backdateMs: number
  readonly #workers: number
  readonly #tally: RunTally
  readonly #framesFile: string | undefined
  #embedded: EmbeddedCsms | undefined
  #earlierBooks: readonly BooksRow[] = []
  #pool: WorkerPool | undefined
  #timeline: Timeline | undefined
  readonly #watch: TargetWatch
  #interruptedBy: string | undefined
  #acceptanceAwaited = false
  #stopAwaiting: () => void = () => undefined

  constructor(options: RunOptions) {
    const { plan, target, backdate, out } = options
    this.#options = options
    this.#plan = plan
    this.#runId = options.runId ?? randomBytes(4).toString('hex')
    this.#stations = plan.fleets.reduce((sum, { count }) => sum + count, 0)
    this.#backdateMs = target && backdate && plan.speed !== 1 ? estimateSimulatedMs(plan) : 0
    this.#workers = this.#countWorkers()
    this.#tally = new RunTally(this.#workers)
    this.#watch = new TargetWatch(Math.max(options.connectTimeoutMs, leastPatienceMs))
    this.#framesFile =
      options.frames && out !== undefined ? join(out, `.frames-${this.#runId}.ndjson`) : undefined
  }

  async conduct(): Promise<FinishedRun> {
    const stopListening = this.#options.onInterrupt((signal) => {
      this.#interruptedBy ??= signal
      this.#timeline?.cut({ kind: 'interrupted', signal })
    })
    try {
      const target = this.#options.target ?? (await this.#embed())
      this.#sayHow(target)
      await this.#readEarlierBooks()
      await this.#play(target)
      const books = await this.#books()
      await this.#embedded?.stop()
      const report = await this.#report(target, books)
      return { report, ...(await this.#write(report)) }
    } finally {
      stopListening()
      this.#stopAwaiting()
      this.#pool?.kill()
      this.#embedded?.kill()
      // Where it is still there, the report was not written either.
      if (this.#framesFile !== undefined) await rm(this.#framesFile, { force: true })
    }
  }

  #countWorkers(): number {
    const { cores, openFilesLimit } = readMachine()
    const asked = this.#options.workers
    if (asked === undefined) return workerCount(this.#stations, cores, openFilesLimit)
    const least = leastWorkers(this.#stations, openFilesLimit)
    if (asked < least) {
      const { observer } = this.#options
      observer.note(
        `${this.#stations} stations on ${asked} ${asked === 1 ? 'worker' : 'workers'} exceed the limit of open files (${openFilesLimit} a process): use at least ${least}.`,
      )
    }
    return Math.min(asked, this.#stations)
  }

  async #embed(): Promise<TargetPlan> {
    const clock = {
      speed: this.#plan.speed,
      originWallMs: this.#beganWallMs,
      originRealWallMs: this.#beganWallMs,
    }
    const secondsIntoRun = (): number => (epochNow() - this.#beganAt) / 1000
    this.#embedded = await startEmbeddedCsms(this.#plan, clock, secondsIntoRun, {
      died: (reason) => {
        this.#tally.fault(reason)
        this.#timeline?.cut({ kind: 'unreachable', reason })
      },
      faulted: (what) => this.#tally.fault(what),
    })
    const { url } = this.#embedded
    return { url, headers: {}, ca: undefined, cert: undefined, key: undefined, insecure: false }
  }

  #sayHow(target: TargetPlan): void {
    const { observer } = this.#options
    const { speed } = this.#plan
    observer.note(
      `Run ${this.#runId}: ${showCountOf(this.#stations, 'station')}, ${showCountOf(this.#workers, 'worker')}, target ${shown(target.url)}${this.#embedded ? ' (embedded)' : ''}.`,
    )
    if (this.#embedded || speed === 1) return
    const past = showSeconds(this.#backdateMs / 1000)
    observer.note(
      this.#options.backdate
        ? `At speed ${speed} the stations' clocks begin ${past} in the past, so that nothing they report lies in the future (--backdate off to prevent it).`
        : `At speed ${speed} the stations' clocks run ahead of the target's: what they report lies in the future.`,
    )
  }

  async #play(target: TargetPlan): Promise<void> {
    const shares = Array.from({ length: this.#workers }, (_, worker) => this.#share(target, worker))
    const pool = new WorkerPool(shares, {
      tick: (worker, tick) => {
        this.#tally.tick(worker, tick)
        if (worker === 0) this.#everySecond()
      },
      ledger: ({ entries, statuses }) => this.#tally.addLedger(entries, statuses),
      reached: (milestone) => {
        if (milestone === 'attempted') this.#expectAcceptance()
      },
      log: (stationId, text) => this.#options.observer.log(stationId, text),
      fault: (message) => this.#tally.fault(message),
      died: (worker, end) => this.#tally.died(worker, end),
    })
    this.#pool = pool
    this.#timeline = new Timeline(pool, this.#plan.load, this.#beganAt)
    // It may have come while the embedded CSMS started.
    const signal = this.#interruptedBy
    if (signal !== undefined) this.#timeline.cut({ kind: 'interrupted', signal })
    const handedOver = await this.#timeline.run()
    if (!handedOver) this.#tally.fault('a worker did not hand over its counts in time')
  }

  #share(target: TargetPlan, worker: number): WorkerShare {
    const { api, connectTimeoutMs } = this.#options
    return {
      plan: this.#plan,
      worker,
      workers: this.#workers,
      target,
      runSalt: this.#runId,
      originEpochMs: this.#beganAt,
      simulated: {
        speed: this.#plan.speed,
        originWallMs: this.#beganWallMs - this.#backdateMs,
        originEpochMs: this.#beganAt,
      },
      backdateMs: this.#backdateMs,
      connectTimeoutMs,
      api: this.#embedded?.api ?? api,
      framesFile: this.#framesFile,
    }
  }

  #everySecond(): void {
    const timeline = this.#timeline
    if (!timeline) return
    const elapsedMs = epochNow() - this.#beganAt
    const { observer } = this.#options
    const isOnePiece = this.#plan.load.steadyMs === undefined && timeline.phase === 'ramp'
    const phase = isOnePiece ? 'run' : timeline.phase
    observer.progress(this.#tally.progress(phase, elapsedMs / 1000, this.#stations))
    this.#watchTarget(timeline, elapsedMs)
    const { thresholds } = this.#plan
    if (!thresholds.some(({ abortOnFail }) => abortOnFail)) return
    const measured = {
      snapshot: this.#tally.snapshot(),
      windows: timeline.seconds,
      headline: timeline.headline,
    }
    const failed = thresholdToAbort(thresholds, measured, elapsedMs)
    if (failed) {
      timeline.cut({ kind: 'aborted', threshold: `${failed.metric} ${failed.expression}` })
    }
  }

  /** Scripts that wait for a target that is gone would wait for ever; windows end by themselves. */
  #watchTarget(timeline: Timeline, elapsedMs: number): void {
    if (this.#embedded || this.#plan.load.steadyMs !== undefined) return
    const { connected, connectFailures } = this.#tally
    if (!this.#watch.isGone(elapsedMs, connected, connectFailures)) return
    timeline.cut({ kind: 'unreachable', reason: 'it went away' })
  }

  /** From the first attempt on somebody has to be accepted in time; silence counts. */
  #expectAcceptance(): void {
    // The embedded CSMS refuses whom the scenario tells it to refuse.
    if (this.#acceptanceAwaited || this.#embedded) return
    this.#acceptanceAwaited = true
    const { connectTimeoutMs } = this.#options
    this.#stopAwaiting = realClock.after(connectTimeoutMs, () => {
      if (this.#pool?.some('accepted') || this.#tally.pending) return
      const silence = `nothing was answered within ${connectTimeoutMs / 1000} s`
      this.#timeline?.cut({ kind: 'unreachable', reason: this.#tally.refusal ?? silence })
    })
  }

  /** What stands in the books of an external CSMS before the run is none of its business. */
  async #readEarlierBooks(): Promise<void> {
    const { books, target } = this.#options
    if (books === undefined) return
    // Books that cannot be read are told at the end, when they are needed.
    this.#earlierBooks = await readUrlBooks(books, target?.headers ?? {}).catch(() => [])
  }

  async #books(): Promise<Books> {
    const { books, target } = this.#options
    if (this.#embedded === undefined && books === undefined) return uncheckedBooks
    const ids = new Set<string>()
    for (const { id } of eachStation(this.#plan.fleets)) ids.add(id)
    try {
      const rows = this.#embedded
        ? await readApiBooks(this.#embedded.api)
        : await readUrlBooks(books ?? '', target?.headers ?? {})
      return compareBooks({
        source: this.#embedded ? 'embedded' : 'url',
        ledger: this.#tally.ledger.map(booksEntry),
        rows,
        isOurs: (stationId) => ids.has(stationId),
        earlier: this.#earlierBooks,
        ...(this.#embedded && {
          statuses: {
            stations: this.#tally.statuses,
            csms: await readApiStatuses(this.#embedded.api),
          },
        }),
      })
    } catch (error) {
      // Asked for and not done: such a run is no pass.
      const unreadable = error instanceof Error ? error.message : String(error)
      if (this.#embedded) this.#tally.fault(unreadable)
      return this.#embedded ? uncheckedBooks : { ...uncheckedBooks, unreadable }
    }
  }

  async #report(target: TargetPlan, books: Books): Promise<Report> {
    const plan = this.#plan
    const timeline = this.#timeline
    const facts: TargetFacts = {
      url: shown(target.url),
      embedded: this.#embedded !== undefined,
      usage: this.#embedded?.usage ?? [],
    }
    const { name, file, hash, seed, speed } = plan
    return buildReport({
      runId: this.#runId,
      startedAt: new Date(this.#beganWallMs).toISOString(),
      scenario: { name, file, hash, seed, speed },
      model: modelOf(plan),
      target: facts,
      fleets: plan.fleets.map(({ name, version, count }) => ({ name, version, count })),
      windows: timeline?.facts() ?? [],
      thresholds: plan.thresholds,
      books,
      tolerate: plan.tolerate,
      end: this.#end(),
      environment: await readEnvironment(target.url),
      ...this.#tally.facts(),
    })
  }

  /** How the run ended; what the workers told last is what they know best. */
  #end(): RunEnd {
    const end = this.#timeline?.end ?? { kind: 'complete' }
    if (end.kind !== 'unreachable' || this.#embedded) return end
    return { kind: 'unreachable', reason: this.#tally.refusal ?? end.reason }
  }

  /** What was measured is not lost with the disk: who ran this still gets the report. */
  async #write(report: Report): Promise<Omit<FinishedRun, 'report'>> {
    const { out } = this.#options
    if (out === undefined) return { folder: undefined, unwritten: undefined }
    try {
      const { folder } = await writeReport(report, out)
      if (this.#framesFile !== undefined) {
        // A run that never got as far as a worker has no frames.
        await rename(this.#framesFile, join(folder, 'frames.ndjson')).catch(() => undefined)
      }
      return { folder, unwritten: undefined }
    } catch (error) {
      if (error instanceof CsmsError) return { folder: undefined, unwritten: error }
      throw error
    }
  }
}

/** Traffic has instants of its own; scripts and mixes follow the answer before. */
function modelOf({ fleets, load }: Plan): LoadModel {
  if (!fleets.some(({ traffic }) => traffic.length > 0)) return 'closed'
  return load.executor === 'constant-stations' ? 'mixed' : 'open'
}

/** A URL without its credentials. */
function shown(url: string): string {
  return url.replace(/:\/\/[^/]*@/, '://')
}
