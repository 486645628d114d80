import { Random } from '../../shared/random.ts'
import type { ArrivalsPlan, FleetPlan } from '../scenario/plan.ts'
import { shuffledPlaces } from './arrivals.ts'
import { DuePump } from './due-pump.ts'
import { type DueTarget, DueTurns } from './due-turns.ts'
import type { Executor, ExecutorContext, Player } from './executor.ts'
import { isOfFleet } from './fleets.ts'
import type { LoadStation } from './load-station.ts'
import { RateCurve } from './rate-curve.ts'
import { SessionPool } from './session-pool.ts'

/** Beside what a load's executor has, how fast the simulated day goes by. */
export interface FleetArrivalsContext
  extends Pick<ExecutorContext, 'clock' | 'seed' | 'isOwn' | 'arrived'> {
  readonly fleets: readonly FleetPlan[]
  /** Simulated seconds per real second. */
  readonly speed: number
}

/**
 * The arrivals of a day: in every fleet that has a curve all stations stand, and whenever a driver
 * arrives one that is free plays the script once. Instants are a pure function of curve and seed.
 */
export class FleetArrivals implements Executor {
  readonly #fleets: readonly OneFleet[]
  readonly idle = true

  constructor(context: FleetArrivalsContext) {
    this.#fleets = context.fleets.flatMap((fleet) =>
      fleet.arrivals ? [new OneFleet(fleet, fleet.arrivals, context)] : [],
    )
  }

  /** Whether this station plays by a curve. */
  has(index: number): boolean {
    return this.#fleets.some((fleet) => fleet.has(index))
  }

  join(player: Player): void {
    for (const fleet of this.#fleets) if (fleet.has(player.index)) fleet.pool.join(player)
    player.stand()
  }

  ready(station: LoadStation): void {
    for (const fleet of this.#fleets) if (fleet.has(station.index)) fleet.pool.ready(station)
  }

  /** The day begins. */
  start(atMicros: number): void {
    for (const fleet of this.#fleets) fleet.start(atMicros)
  }

  endAt(endMicros: number): void {
    for (const fleet of this.#fleets) fleet.endAt(endMicros)
  }

  /** The day is over: who still waits for a station goes home. */
  stop(atMicros: number): void {
    for (const fleet of this.#fleets) fleet.stop(atMicros)
  }

  end(): void {
    for (const { pool } of this.#fleets) pool.close()
  }
}

class OneFleet {
  readonly pool: SessionPool
  readonly #plan: FleetPlan
  readonly #turns: DueTurns
  readonly #pump: DuePump
  readonly #curve: RateCurve
  #started = false

  constructor(plan: FleetPlan, arrivals: ArrivalsPlan, context: FleetArrivalsContext) {
    const { clock, seed, isOwn, arrived, speed } = context
    const { name, count, firstIndex } = plan
    this.#plan = plan
    this.#curve = realCurve(arrivals, speed)
    const own = Array.from({ length: count }, (_, i) => i).filter((i) => isOwn(firstIndex + i))
    this.pool = new SessionPool({ backlog: arrivals.backlog, stations: own.length, arrived })
    const lanes = own.map((i): readonly [number, DueTarget] => [
      i,
      { due: (intended, due) => this.pool.arrive(firstIndex + i, intended, due) },
    ])
    const places = shuffledPlaces(count, Random.stream(seed, 'drivers', name))
    this.#turns = new DueTurns(places, count, new Map(lanes))
    this.#pump = new DuePump(clock, this.#turns)
  }

  has(index: number): boolean {
    return isOfFleet(this.#plan, index)
  }

  start(atMicros: number): void {
    if (this.#started) return
    this.#started = true
    this.#turns.begin(this.#curve, atMicros)
    this.#pump.schedule()
  }

  endAt(endMicros: number): void {
    this.#pump.endAt(endMicros)
  }

  stop(atMicros: number): void {
    this.#started = true
    this.#pump.stop(atMicros)
    this.pool.close()
  }
}

/** The curve of the day on real time; before its first point and after its last it is level. */
export function realCurve({ points }: ArrivalsPlan, speed: number): RateCurve {
  const pieces = points.map(({ atMs, perSecond }, i) => {
    const before = points[i - 1] ?? { atMs: 0, perSecond }
    return {
      seconds: (atMs - before.atMs) / 1000 / speed,
      from: before.perSecond * speed,
      to: perSecond * speed,
    }
  })
  const last = (points[points.length - 1]?.perSecond ?? 0) * speed
  return new RateCurve([...pieces, { seconds: Number.POSITIVE_INFINITY, from: last, to: last }])
}
