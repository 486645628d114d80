import { BoundedSamples, meanOver } from '../metrics/bounded-samples.ts'
import { mergeSnapshots } from '../metrics/merge-snapshots.ts'
import type { SecondSample } from '../metrics/second.ts'
import { Series } from '../metrics/series.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import type { HealthSample } from '../metrics/validity.ts'
import type { ChildEnd } from '../platform/child-process.ts'
import { epochNow } from '../platform/shared-instants.ts'
import { showCountOf } from '../report/figures.ts'
import type { Progress } from '../report/progress.ts'
import type { RunFacts, WorkerFacts } from '../report/run-facts.ts'
import type { LedgerEntry } from '../simulator/station/ledger.ts'
import type { ConnectorStatus, Tick } from '../simulator/workers/worker-messages.ts'
import { RunProgress, type RunStanding } from './run-progress.ts'

/** Sentences on faults that are kept; the number of all is told. */
const mostFaults = 20

interface WorkerTally {
  readonly name: string
  /** How many it plays. */
  readonly stations: number
  readonly health: BoundedSamples<HealthSample>
  last: Tick | undefined
  /** When it told that, epoch milliseconds. */
  lastEpochMs: number
  lastSecond: SecondSample | undefined
  maxRssBytes: number
  died: string | undefined
}

/** What the workers told so far, put together. */
export class RunTally {
  readonly #workers: readonly WorkerTally[]
  readonly #series = new Series()
  readonly #progress: RunProgress
  readonly #ledger: LedgerEntry[] = []
  readonly #statuses: ConnectorStatus[] = []
  readonly #faults: string[] = []
  #faultCount = 0
  #merged: Snapshot | undefined

  /** @param stations of all fleets: worker w of n plays those whose index has the remainder w by n */
  constructor(workers: number, stations: number) {
    this.#progress = new RunProgress(workers)
    this.#workers = Array.from({ length: workers }, (_, i) => ({
      name: `worker ${i + 1}`,
      stations: Math.ceil((stations - i) / workers),
      health: new BoundedSamples(joinedHealth),
      last: undefined,
      lastEpochMs: 0,
      lastSecond: undefined,
      maxRssBytes: 0,
      died: undefined,
    }))
  }

  tick(worker: number, tick: Tick): void {
    const tally = this.#workers[worker]
    if (!tally) return
    tally.last = tick
    tally.lastEpochMs = epochNow()
    this.#merged = undefined
    this.#progress.tick(worker, tick)
    tally.maxRssBytes = Math.max(tally.maxRssBytes, tick.rssBytes)
    tally.health.add({ worker: tally.name, second: tick.second, cpuShare: tick.cpuShare })
    for (const sample of tick.seconds) {
      this.#series.add(sample)
      tally.lastSecond = sample
    }
  }

  addLedger(entries: readonly LedgerEntry[], statuses: readonly ConnectorStatus[]): void {
    for (const entry of entries) this.#ledger.push(entry)
    for (const status of statuses) this.#statuses.push(status)
  }

  fault(message: string): void {
    this.#faultCount += 1
    this.#progress.fault(message)
    if (this.#faults.length < mostFaults) this.#faults.push(message)
  }

  /** Its stations are lost. Returns what happened, a sentence. */
  died(worker: number, { code, signal, lastWords }: ChildEnd): string {
    const tally = this.#workers[worker]
    this.#progress.died(worker)
    if (!tally) return ''
    tally.died = `${signal ?? `code ${code}`} ${lastWords}`.trim()
    const lost = showCountOf(tally.stations, 'station is', 'stations are')
    return `${tally.name} died (${signal ?? `code ${code}`}): its ${lost} lost, the others go on, and the run fails.`
  }

  /** Whether this worker died; its ledgers died with it. */
  isDead(worker: number): boolean {
    return this.#workers[worker]?.died !== undefined
  }

  get ledger(): readonly LedgerEntry[] {
    return this.#ledger
  }

  /** Last acknowledged connector statuses. */
  get statuses(): readonly ConnectorStatus[] {
    return this.#statuses
  }

  /** Why stations were refused, as the workers heard it last. */
  get refusal(): string | undefined {
    return this.#workers.find(({ last }) => last?.refusal !== undefined)?.last?.refusal
  }

  /** Stations connected now. */
  get connected(): number {
    return this.#workers.reduce(
      (sum, { died, lastSecond }) => sum + (died === undefined ? (lastSecond?.connected ?? 0) : 0),
      0,
    )
  }

  /** Attempts to connect that failed so far. */
  get connectFailures(): number {
    return this.#workers
      .flatMap(({ last }) => last?.snapshot.stations ?? [])
      .flatMap(({ connectFailures }) => Object.values(connectFailures))
      .reduce((sum, times) => sum + times, 0)
  }

  /** How far the connect ramp was behind its rate, the most of any worker. */
  get rampBehindMs(): number {
    return Math.max(0, ...this.#workers.map(({ last }) => last?.rampBehindMs ?? 0))
  }

  get pending(): boolean {
    return this.#workers.some(({ last }) => last?.pending)
  }

  /** How long ago a worker that lives told what it counted, the longest; milliseconds. */
  get staleMs(): number {
    const living = this.#workers.filter(({ died, last }) => died === undefined && last)
    const oldest = Math.min(...living.map(({ lastEpochMs }) => lastEpochMs))
    return living.length === 0 ? 0 : epochNow() - oldest
  }

  /** What all workers counted so far. */
  snapshot(): Snapshot {
    this.#merged ??= mergeSnapshots(
      this.#workers.flatMap(({ last }) => (last ? [last.snapshot] : [])),
    )
    return this.#merged
  }

  /** What all workers counted at an instant; of those that died, what they told last. */
  marked(snapshots: readonly (Snapshot | undefined)[]): Snapshot {
    return mergeSnapshots(
      this.#workers.flatMap(({ last }, worker) => snapshots[worker] ?? last?.snapshot ?? []),
    )
  }

  /** CALLs due and not settled, as those that live told last. */
  get backlog(): number {
    return this.#workers.reduce(
      (sum, { died, lastSecond }) => sum + (died === undefined ? (lastSecond?.backlog ?? 0) : 0),
      0,
    )
  }

  /** How the run stands; to be asked once a second. */
  progress(standing: RunStanding): Progress {
    return this.#progress.read(standing, this.snapshot())
  }

  /** The part of the facts that comes from the workers. */
  facts(): Pick<
    RunFacts,
    'metrics' | 'series' | 'transactions' | 'workers' | 'localSocketErrors' | 'internalFaults'
  > {
    const series = this.#series
    return {
      metrics: this.snapshot(),
      series: {
        intervalSeconds: series.intervalSeconds,
        points: series.points(),
        peakConnected: series.peakConnected,
      },
      transactions: this.#transactions(),
      workers: this.#workers.map(workerFacts),
      localSocketErrors: this.#localSocketErrors(),
      internalFaults:
        this.#faultCount > this.#faults.length
          ? [...this.#faults, `and ${this.#faultCount - this.#faults.length} more`]
          : this.#faults,
    }
  }

  #transactions(): RunFacts['transactions'] {
    let stopped = 0
    let energyWh = 0
    for (const entry of this.#ledger) {
      if (entry.stoppedAt !== undefined) stopped += 1
      energyWh += entry.meterWh - entry.meterStartWh
    }
    const undelivered = this.#workers.reduce((all, { last }) => all + (last?.undelivered ?? 0), 0)
    return { started: this.#ledger.length, stopped, energyWh, undelivered }
  }

  #localSocketErrors(): Record<string, number> {
    const errors: Record<string, number> = {}
    for (const { last } of this.#workers) {
      for (const [code, times] of Object.entries(last?.localSocketErrors ?? {})) {
        errors[code] = (errors[code] ?? 0) + times
      }
    }
    return errors
  }
}

function workerFacts({ name, stations, health, maxRssBytes, died }: WorkerTally): WorkerFacts {
  const end = died === undefined ? {} : { died, lostStations: stations }
  return { name, health: health.list, maxRssBytes, ...end }
}

function joinedHealth(pair: readonly [HealthSample, HealthSample]): HealthSample {
  return { ...pair[0], cpuShare: meanOver(pair, ({ cpuShare }) => cpuShare) ?? 0 }
}
