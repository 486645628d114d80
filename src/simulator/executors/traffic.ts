import type { Clock } from '../../shared/clock.ts'
import { Random } from '../../shared/random.ts'
import type { FleetPlan, TrafficPlan } from '../scenario/plan.ts'
import { PeriodicArrivals, SharedArrivals, shuffledPlaces, type Turn } from './arrivals.ts'
import { DueHeap } from './due-heap.ts'
import { DuePump } from './due-pump.ts'
import type { Executor } from './executor.ts'
import { isOfFleet } from './fleets.ts'
import type { LoadStation } from './load-station.ts'
import { type LaneEvents, only, TrafficLane } from './traffic-lane.ts'

export interface TrafficOptions extends LaneEvents {
  readonly clock: Clock
  readonly seed: number
  readonly fleets: readonly FleetPlan[]
  /** Whether this worker plays the station with this run-wide index. */
  readonly isOwn: (index: number) => boolean
}

/** One traffic entry of one fleet with the lanes of this worker's stations, by run-wide index. */
interface Entry {
  readonly fleet: FleetPlan
  readonly plan: TrafficPlan
  /** Distinguishes the random streams of entries. */
  readonly ordinal: number
  readonly lanes: Map<number, TrafficLane>
}

/**
 * The open model: CALLs fall due at intended instants, whatever the answers do. The instants are a
 * pure function of plan, seed, station and ordinal, relative to the station's first acceptance
 * (`every`) or to the begin of the traffic window (`rate`).
 */
export class Traffic implements Executor {
  readonly #options: TrafficOptions
  readonly #heap = new DueHeap()
  readonly #entries: readonly Entry[]
  readonly #stations = new Map<number, LoadStation>()
  readonly #pump: DuePump
  #started = false
  #stopped = false

  constructor(options: TrafficOptions) {
    this.#options = options
    this.#pump = new DuePump(options.clock, this.#heap)
    this.#entries = options.fleets.flatMap((fleet) =>
      fleet.traffic.map((plan, ordinal) => ({ fleet, plan, ordinal, lanes: new Map() })),
    )
  }

  /** Begins the `rate` entries; beginning twice changes nothing. */
  start(atMicros: number): void {
    if (this.#started || this.#stopped) return
    this.#started = true
    for (const entry of this.#entries) {
      const rate = entry.plan.ratePerSecond
      if (rate === undefined) continue
      const turns = this.#turnsOf(entry)
      if (turns.length === 0) continue
      this.#heap.add(new SharedArrivals(turns, entry.fleet.count, atMicros, rate))
    }
    this.#pump.schedule()
  }

  endAt(endMicros: number): void {
    this.#pump.endAt(endMicros)
  }

  /** A station is ready to send: for the first time, or again after a break. */
  ready(station: LoadStation): void {
    const first = !this.#stations.has(station.index)
    this.#stations.set(station.index, station)
    for (const entry of this.#entries) {
      if (!isOfFleet(entry.fleet, station.index)) continue
      if (first && !this.#stopped) this.#begin(entry, station)
      entry.lanes.get(station.index)?.proceed()
    }
    this.#pump.schedule()
  }

  /**
   * Nothing falls due any more; what waits still goes out. What was due before `atMicros` and whose
   * timer is late falls due now: a generator that lags must not offer less and look well.
   */
  stop(atMicros: number): void {
    if (this.#stopped) return
    this.#pump.stop(atMicros)
    this.#halt()
  }

  /** Nothing on its way and nothing waiting. */
  get idle(): boolean {
    for (const { lanes } of this.#entries) {
      for (const lane of lanes.values()) if (!lane.idle) return false
    }
    return true
  }

  /** The drain is over: what still waits is given up. */
  end(): void {
    this.#halt()
    for (const { lanes } of this.#entries) for (const lane of lanes.values()) lane.end()
  }

  #halt(): void {
    this.#stopped = true
    this.#heap.clear()
  }

  #begin(entry: Entry, station: LoadStation): void {
    const lane = this.#lane(entry, station.index)
    lane.attach(station)
    const { everyMs } = entry.plan
    if (everyMs === undefined) return
    const random = Random.stream(this.#options.seed, 'phase', station.index, entry.ordinal)
    const origin = this.#options.clock.monotonicMicros() + random.next() * everyMs * 1000
    this.#heap.add(new PeriodicArrivals(lane, origin, everyMs * 1000))
  }

  #turnsOf(entry: Entry): Turn[] {
    const { seed, isOwn } = this.#options
    const { fleet, ordinal } = entry
    const random = Random.stream(seed, 'turns', fleet.name, ordinal)
    const turns: Turn[] = []
    shuffledPlaces(fleet.count, random).forEach((place, i) => {
      const index = fleet.firstIndex + i
      if (isOwn(index)) turns.push({ place, lane: this.#lane(entry, index) })
    })
    return turns.sort((a, b) => a.place - b.place)
  }

  #lane(entry: Entry, index: number): TrafficLane {
    const known = entry.lanes.get(index)
    if (known) return known
    const lane = new TrafficLane(entry.plan, only(entry.plan.call), index, this.#options)
    entry.lanes.set(index, lane)
    return lane
  }
}
