import { rename, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { probePhase } from '../metrics/probe.ts'
import { moved } from '../metrics/snapshot-difference.ts'
import { readMachineTimes } from '../platform/machine-times.ts'
import { packageVersion } from '../platform/package-version.ts'
import { epochNow } from '../platform/shared-instants.ts'
import type { Books } from '../report/books.ts'
import { buildReport } from '../report/build-report.ts'
import { addRun } from '../report/index/run-index.ts'
import { prometheusText } from '../report/prometheus.ts'
import type { Report } from '../report/result.ts'
import type { RunEnd, RunFacts, TargetFacts } from '../report/run-facts.ts'
import { checkWritable, writeReport } from '../report/write-report.ts'
import { CsmsError } from '../shared/errors.ts'
import { loadModel } from '../simulator/scenario/describe-load.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import { plainTarget } from '../simulator/workers/target.ts'
import type { TargetPlan } from '../simulator/workers/worker-messages.ts'
import { WorkerPool } from '../simulator/workers/worker-pool.ts'
import { startEmbeddedCsms } from './embedded-csms.ts'
import type { EmbeddedCsms } from './embedded-process.ts'
import { readEnvironment } from './environment.ts'
import { FindMax } from './find-max.ts'
import { type Lab, openLab } from './lab.ts'
import { checkLocalAddresses } from './local-addresses.ts'
import { MachineWatch } from './machine-watch.ts'
import { type MetricsEndpoint, startMetricsEndpoint } from './metrics-endpoint.ts'
import { RunBooks } from './run-books.ts'
import { openingNotes, shownUrl } from './run-notes.ts'
import type { FinishedRun, RunOptions } from './run-options.ts'
import { type RunSetup, setUp, workerShares } from './run-setup.ts'
import { RunTally } from './run-tally.ts'
import { RunWatch } from './run-watch.ts'
import { SteadySpans } from './steady-spans.ts'
import { noticeMs, Timeline } from './timeline.ts'
import { TimelineLog } from './timeline-log.ts'

/**
 * Runs a checked scenario from the first connection to the written report. Whatever the target does
 * ends in a report; what prevents the run from starting at all is thrown: `CSMS_OUTPUT_UNWRITABLE`,
 * `CSMS_PORT_IN_USE`, `CSMS_LISTEN_FAILED`, `CSMS_USAGE`.
 */
export async function runPlan(options: RunOptions): Promise<FinishedRun> {
  await checkLocalAddresses(options.target?.localAddresses ?? [])
  if (options.out !== undefined) await checkWritable(options.out)
  return new Run(options).conduct()
}

class Run {
  readonly #options: RunOptions
  readonly #plan: Plan
  readonly #setup: RunSetup
  readonly #tally: RunTally
  readonly #books: RunBooks
  readonly #machine = new MachineWatch(readMachineTimes)
  readonly #framesFile: string | undefined
  #embedded: EmbeddedCsms | undefined
  #lab: Lab | undefined
  #pool: WorkerPool | undefined
  #timeline: Timeline | undefined
  #watch: RunWatch | undefined
  #findMax: FindMax | undefined
  #spans: SteadySpans | undefined
  readonly #day: TimelineLog
  #interruptedBy: string | undefined

  constructor(options: RunOptions) {
    const { plan, out } = options
    this.#options = options
    this.#plan = plan
    this.#setup = setUp(options)
    this.#tally = new RunTally(this.#setup.workers, this.#setup.stations)
    this.#books = new RunBooks(this.#setup)
    const { workers, beganAt } = this.#setup
    this.#day = new TimelineLog(plan, workers, beganAt, (text) => options.observer.note(text))
    this.#framesFile =
      options.frames && out !== undefined
        ? join(out, `.frames-${this.#setup.runId}.ndjson`)
        : undefined
  }

  async conduct(): Promise<FinishedRun> {
    const { observer } = this.#options
    const { runId, workers } = this.#setup
    const stopListening = this.#options.onInterrupt((signal) => {
      this.#interruptedBy ??= signal
      this.#timeline?.cut({ kind: 'interrupted', signal })
    })
    let metrics: MetricsEndpoint | undefined
    try {
      metrics = await this.#serveMetrics()
      const target = this.#options.target ?? (await this.#embed())
      observer.began({
        runId,
        targets: target.urls.map(shownUrl),
        embedded: this.#embedded !== undefined,
        workers,
      })
      const notes = openingNotes(this.#setup, target.urls, this.#embedded !== undefined)
      for (const note of notes) observer.note(note)
      await this.#books.readEarlier()
      await this.#play(target)
      observer.played()
      const books = await this.#books.compare(this.#tally, this.#embedded?.api)
      await this.#embedded?.stop()
      const facts = await this.#facts(target, books)
      const report = buildReport(facts)
      return { report, ...(await this.#write(report, facts)) }
    } finally {
      stopListening()
      await metrics?.stop()
      this.#watch?.stop()
      this.#pool?.kill()
      this.#embedded?.kill()
      await this.#lab?.remove()
      // Where it is still there, the report was not written either.
      if (this.#framesFile !== undefined) await rm(this.#framesFile, { force: true })
    }
  }

  async #serveMetrics(): Promise<MetricsEndpoint | undefined> {
    const { metricsPort, observer } = this.#options
    if (metricsPort === undefined) return undefined
    const { runId } = this.#setup
    const run = { runId, scenario: this.#plan.name, csmsVersion: packageVersion() }
    const endpoint = await startMetricsEndpoint(metricsPort, () =>
      prometheusText({ snapshot: this.#tally.snapshot(), progress: this.#watch?.newest, run }),
    )
    observer.note(`Metrics: ${endpoint.url}`)
    return endpoint
  }

  async #embed(): Promise<TargetPlan> {
    const { beganAt, beganWallMs } = this.#setup
    const clock = {
      speed: this.#plan.speed,
      originWallMs: beganWallMs,
      originRealWallMs: beganWallMs,
    }
    const secondsIntoRun = (): number => (epochNow() - beganAt) / 1000
    const { size } = this.#setup
    const secured = this.#plan.fleets.some(({ security }) => security !== undefined)
    this.#lab = secured ? await openLab(size.addresses) : undefined
    const lab = this.#lab
    this.#embedded = await startEmbeddedCsms(this.#plan, { ...size, lab }, clock, secondsIntoRun, {
      died: (reason) => {
        this.#tally.fault(reason)
        this.#timeline?.cut({ kind: 'unreachable', reason })
      },
      faulted: (what) => this.#tally.fault(what),
    })
    return { ...plainTarget(this.#embedded.urls), ca: lab?.ca, issuer: lab?.issuer }
  }

  async #play(target: TargetPlan): Promise<void> {
    const pool = this.#fork(target)
    this.#findMax = this.#searchOn(pool)
    const search = this.#findMax
    const spans = new SteadySpans(this.#plan.thresholds, pool, this.#tally)
    const timeline = new Timeline(pool, this.#plan.load, this.#setup.beganAt, {
      search: search && ((interrupted) => search.search(interrupted)),
      steadyBegins: (atEpochMs) => spans.begin(atEpochMs),
    })
    this.#spans = spans
    this.#pool = pool
    this.#timeline = timeline
    this.#watch = new RunWatch({
      setup: this.#setup,
      tally: this.#tally,
      timeline,
      spans,
      pool,
      embedded: this.#embedded !== undefined,
      usage: this.#embedded?.usage ?? [],
      machine: this.#machine,
    })
    // It may have come while the embedded CSMS started.
    const signal = this.#interruptedBy
    if (signal !== undefined) timeline.cut({ kind: 'interrupted', signal })
    // Windows begin the day themselves.
    if (this.#plan.timeline.length > 0 && this.#plan.load.steadyMs === undefined) {
      void pool.all('ramped').then(() => pool.beginDay(epochNow() + noticeMs))
    }
    const handedOver = await timeline.run()
    this.#watch.stop()
    if (!handedOver) this.#tally.fault('a worker did not hand over its counts in time')
  }

  #searchOn(pool: WorkerPool): FindMax | undefined {
    const { executor, warmupMs } = this.#plan.load
    if (executor.name !== 'find-max') return undefined
    return new FindMax({
      options: executor.options,
      warmupMs,
      thresholds: this.#plan.thresholds,
      pool,
      tally: this.#tally,
      beganAt: this.#setup.beganAt,
      note: (sentence) => this.#options.observer.note(sentence),
    })
  }

  #fork(target: TargetPlan): WorkerPool {
    const tally = this.#tally
    const { observer, api, apiKey } = this.#options
    const shares = workerShares(this.#setup, {
      target,
      api: this.#embedded?.api ?? api,
      apiKey: this.#embedded ? undefined : apiKey,
      fileServer: this.#embedded?.fileServer,
      framesFile: this.#framesFile,
    })
    return new WorkerPool(shares, {
      tick: (worker, tick) => tally.tick(worker, tick),
      ledger: ({ entries, statuses }) => tally.addLedger(entries, statuses),
      reached: (milestone) => {
        if (milestone === 'attempted') this.#watch?.attempted()
      },
      log: (stationId, text) => observer.log(stationId, text),
      event: (worker, report) => this.#day.heard(worker, report),
      fault: (message) => tally.fault(message),
      died: (worker, end) => observer.note(tally.died(worker, end)),
    })
  }

  async #facts(target: TargetPlan, books: Books): Promise<RunFacts> {
    const plan = this.#plan
    const { runId, beganWallMs } = this.#setup
    const targetFacts: TargetFacts = {
      url: target.urls.map(shownUrl).join(', '),
      embedded: this.#embedded !== undefined,
      usage: this.#embedded?.usage ?? [],
    }
    const { name, file, hash, seed, speed } = plan
    return {
      runId,
      startedAt: new Date(beganWallMs).toISOString(),
      scenario: { name, file, hash, seed, speed },
      command: this.#options.command,
      model: loadModel(plan),
      target: targetFacts,
      fleets: plan.fleets.map(({ name, version, count }) => ({ name, version, count })),
      windows: this.#timeline?.facts() ?? [],
      ramp: this.#ramp(),
      thresholds: plan.thresholds,
      spans: this.#spans?.facts() ?? [],
      books,
      tolerate: plan.tolerate,
      end: this.#end(),
      environment: await readEnvironment(target.urls),
      machine: this.#machine.samples,
      ...(plan.timeline.length > 0 && { timeline: this.#day.marks() }),
      ...this.#measured(),
    }
  }

  #ramp(): RunFacts['ramp'] {
    const { ratePerSecond, inFlight } = this.#plan.load.connect
    if (ratePerSecond === undefined) return undefined
    return { ratePerSecond, inFlight, behindSeconds: this.#tally.rampBehindMs / 1000 }
  }

  /** What the workers counted; of a search, the rate that it found is what the run is judged by. */
  #measured(): ReturnType<RunTally['facts']> & Pick<RunFacts, 'findMax'> {
    const facts = this.#tally.facts()
    const search = this.#findMax
    if (!search) return facts
    const { confirmed, report } = search
    if (!confirmed) return { ...facts, findMax: report }
    const metrics = moved(facts.metrics, confirmed.counted, probePhase, 'steady')
    return { ...facts, metrics, findMax: report }
  }

  /** How the run ended; what the workers told last is what they know best. */
  #end(): RunEnd {
    const end = this.#timeline?.end ?? { kind: 'complete' }
    if (end.kind !== 'unreachable' || this.#embedded) return end
    return { kind: 'unreachable', reason: this.#tally.refusal ?? end.reason }
  }

  /** What was measured is not lost with the disk: who ran this still gets the report. */
  async #write(report: Report, facts: RunFacts): Promise<Omit<FinishedRun, 'report'>> {
    const { out, observer } = this.#options
    if (out === undefined) return { folder: undefined, unwritten: undefined }
    try {
      const { folder } = await writeReport(report, facts, out)
      // The index is made again from the folders: nothing is lost but this line's worth of waiting.
      await addRun(out, basename(folder), report).catch((error: unknown) => {
        observer.note(`The index of ${out} could not be written: ${String(error)}`)
      })
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
