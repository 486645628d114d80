import { optional } from '../../document/fields/field.ts'
import { integer } from '../../document/fields/scalars.ts'
import { Random } from '../../shared/random.ts'
import type { TrafficPlan } from '../scenario/plan.ts'
import { shuffledPlaces } from './arrivals.ts'
import { DuePump } from './due-pump.ts'
import { type DueTarget, DueTurns } from './due-turns.ts'
import type { Executor, ExecutorCheck, ExecutorContext, Player } from './executor.ts'
import type { LoadStation } from './load-station.ts'
import type { RateCurve } from './rate-curve.ts'
import { SessionPool } from './session-pool.ts'

/** `maxStations` of the arrival executors. */
export const maxStationsProperty = optional(
  integer({ min: 1, max: 1_000_000, wants: 'a number of stations' }),
  'How many stations play sessions; the others only stand.',
  'all',
)

export interface SessionArrivalsOptions {
  readonly curve: RateCurve
  readonly maxStations: number | undefined
  readonly backlog: TrafficPlan['backlog']
}

/**
 * The open model of sessions: all stations stand, and at each intended instant one of the pool plays
 * its fleet's script once. Instants and turns are a pure function of scenario and seed; where the
 * station whose turn it is still plays, another one of this worker does.
 */
export class SessionArrivals implements Executor {
  readonly #pool: SessionPool
  /** This worker's stations of the pool. */
  readonly #inPool = new Map<number, DueTarget>()
  readonly #turns: DueTurns
  readonly #pump: DuePump
  readonly #curve: RateCurve
  readonly idle = true
  #started = false

  constructor({ curve, maxStations, backlog }: SessionArrivalsOptions, context: ExecutorContext) {
    const { clock, seed, stations, isOwn, arrived } = context
    const size = Math.min(maxStations ?? stations, stations)
    const places = shuffledPlaces(stations, Random.stream(seed, 'sessions'))
    places.forEach((place, index) => {
      if (place >= size || !isOwn(index)) return
      this.#inPool.set(index, { due: (intended, due) => this.#pool.arrive(index, intended, due) })
    })
    this.#pool = new SessionPool({ backlog, stations: this.#inPool.size, arrived })
    this.#turns = new DueTurns(places, size, this.#inPool)
    this.#pump = new DuePump(clock, this.#turns)
    this.#curve = curve
  }

  join(player: Player): void {
    if (this.#inPool.has(player.index)) this.#pool.join(player)
    player.stand()
  }

  ready(station: LoadStation): void {
    this.#pool.ready(station)
  }

  /** Begins with the first window; steady goes on where warm-up began. */
  start(atMicros: number): void {
    if (this.#started) return
    this.#started = true
    this.#turns.begin(this.#curve, atMicros)
    this.#pump.schedule()
  }

  endAt(endMicros: number): void {
    this.#pump.endAt(endMicros)
  }

  /** What waits for a station would only be cut short: it never begins. */
  stop(atMicros: number): void {
    this.#started = true
    this.#pump.stop(atMicros)
    this.#pool.close()
  }

  end(): void {
    this.#pool.close()
  }
}

/** Sessions are scripts, played by stations that there are. */
export function checkSessions(
  maxStations: number | undefined,
  { fleets, reader, at }: ExecutorCheck,
): void {
  for (const { name, hasScript } of fleets) {
    if (hasScript) continue
    reader.report(at('executor'), `Fleet "${name}" has no "script": sessions are its script.`)
  }
  const stations = fleets.reduce((sum, { count }) => sum + count, 0)
  if (maxStations === undefined || maxStations <= stations) return
  reader.report(at('maxStations'), `${maxStations} are more than the ${stations} of all fleets.`)
}

/** For `--dry-run`. */
export function sessionsText(maxStations: number | undefined): string {
  const who = maxStations === undefined ? 'a free station' : `a free one of ${maxStations} stations`
  return `all stations stand, each arrival plays the script once on ${who}`
}
