import type { Recorder } from '../../metrics/recorder.ts'
import type { Clock } from '../../shared/clock.ts'
import { ConnectRamp } from '../executors/connect-ramp.ts'
import type { Executor, ExecutorContext } from '../executors/executor.ts'
import { FleetArrivals } from '../executors/fleet-arrivals.ts'
import type { LoadStation } from '../executors/load-station.ts'
import { executorOf } from '../executors/registry.ts'
import { Traffic } from '../executors/traffic.ts'
import type { Milestones } from './milestones.ts'
import type { WorkerShare } from './worker-messages.ts'
import type { WorkerStations } from './worker-stations.ts'

/** Epoch milliseconds of today are a quarter of a microsecond apart. */
const roundingMicros = 1

export interface WorkerLoadOptions {
  readonly share: WorkerShare
  /** Real time. */
  readonly clock: Clock
  readonly recorder: Recorder
  readonly stations: WorkerStations
  readonly milestones: Milestones
  /** The connect ramp has told every station to connect. */
  readonly everybodyLaunched: () => void
}

/** What brings load to one worker's stations: the ramp, the executor, and what fleets bring beside it. */
export class WorkerLoad {
  readonly #options: WorkerLoadOptions
  readonly #executor: Executor
  readonly #traffic: Traffic
  readonly #arrivals: FleetArrivals
  readonly #ramp: ConnectRamp
  /** It does not end by itself. */
  readonly endless: boolean

  constructor(options: WorkerLoadOptions) {
    const { fleets, load, speed } = options.share.plan
    this.#options = options
    const context = this.#context()
    const definition = executorOf(load.executor)
    this.#executor = definition.run(load.executor.options, context)
    this.#traffic = new Traffic(context)
    this.#arrivals = new FleetArrivals({ ...context, speed })
    this.#ramp = this.#newRamp(context)
    this.endless =
      !definition.endsByItself ||
      fleets.some(({ traffic, arrivals }) => traffic.length > 0 || arrivals)
  }

  /** How far the ramp was behind its rate at most. */
  get rampBehindMs(): number {
    return this.#ramp.behindMs
  }

  get idle(): boolean {
    return this.#traffic.idle && this.#executor.idle
  }

  /** Begins to connect stations. */
  connect(): void {
    this.#ramp.start()
  }

  connecting(): void {
    this.#ramp.connecting()
  }

  connectSettled(): void {
    this.#ramp.settled()
  }

  /** A station is ready to send: for the first time, or again after a break. */
  ready(station: LoadStation): void {
    this.#traffic.ready(station)
    this.#executor.ready(station)
    this.#arrivals.ready(station)
  }

  start(atMicros: number, phase: 'warmup' | 'steady'): void {
    this.#traffic.start(atMicros)
    this.#executor.start(atMicros, phase)
    this.#arrivals.start(atMicros)
    const { steadyMs } = this.#options.share.plan.load
    if (phase === 'steady' && steadyMs !== undefined) {
      this.#endAt(atMicros + steadyMs * 1000 - roundingMicros)
    }
  }

  retune(ratePerSecond: number, atMicros: number): void {
    this.#executor.retune?.(ratePerSecond, atMicros)
  }

  /** The drain begins. */
  stop(atMicros: number): void {
    this.#ramp.stop()
    this.#traffic.stop(atMicros)
    this.#executor.stop(atMicros)
    this.#arrivals.stop(atMicros)
  }

  /** The drain is over. */
  end(): void {
    this.#traffic.end()
    this.#executor.end()
    this.#arrivals.end()
  }

  #endAt(endMicros: number): void {
    this.#traffic.endAt(endMicros)
    this.#executor.endAt?.(endMicros)
    this.#arrivals.endAt(endMicros)
  }

  #launch(index: number): void {
    this.#options.milestones.rises(index)
    const executor = this.#arrivals.has(index) ? this.#arrivals : this.#executor
    this.#options.stations.launch(index, executor)
  }

  #context(): ExecutorContext {
    const { clock, recorder, stations, share } = this.#options
    const { plan, worker, workers } = share
    const { executor: _executor, ...windows } = plan.load
    const observerOf = (index: number) => stations.fleetOf(index)?.observer
    return {
      clock,
      seed: plan.seed,
      fleets: plan.fleets,
      stations: plan.fleets.reduce((sum, fleet) => sum + fleet.count, 0),
      windows,
      workers,
      isOwn: (index) => index % workers === worker,
      launch: (index) => this.#launch(index),
      dropped: (index, action, intended, due) => observerOf(index)?.dropped(action, intended, due),
      unsent: (index, action, intended, due) => {
        observerOf(index)?.unsent(index, action, intended, due)
      },
      waits: (change) => recorder.waits(change),
      arrived: (arrival) => observerOf(arrival.station)?.arrived(arrival),
    }
  }

  #newRamp({ clock, seed, stations, isOwn, windows }: ExecutorContext): ConnectRamp {
    const { ratePerSecond, jitterMs, inFlight } = windows.connect
    const { worker, workers } = this.#options.share
    return new ConnectRamp({
      clock,
      seed,
      stations: Array.from({ length: stations }, (_, index) => index).filter(isOwn),
      turnOf: (index) => (this.#executor.turnOf ? this.#executor.turnOf(index) : index),
      ratePerSecond,
      jitterMs,
      inFlight: Math.max(1, Math.ceil((inFlight - worker) / workers)),
      launch: (index) => this.#launch(index),
      launchedAll: this.#options.everybodyLaunched,
    })
  }
}
