import { Random } from '../../shared/random.ts'
import type { TrafficPlan } from '../scenario/plan.ts'
import { shuffledPlaces } from './arrivals.ts'
import { CallMix } from './call-mix.ts'
import { DuePump } from './due-pump.ts'
import { DueTurns } from './due-turns.ts'
import type { Executor, ExecutorContext } from './executor.ts'
import type { LoadStation } from './load-station.ts'
import type { Mix } from './mix.ts'
import { RateCurve } from './rate-curve.ts'
import { TrafficLane } from './traffic-lane.ts'

export interface CallRateOptions {
  readonly mix: Mix
  readonly backlog: TrafficPlan['backlog']
  /** Exchanges over all fleets. */
  readonly curve: RateCurve
}

/**
 * The open model over all fleets: exchanges at an exact rate, dealt to the stations in turn, each a
 * draw of the mix. Intended instants, stations and draws are a pure function of scenario and seed.
 */
export class CallRate implements Executor {
  readonly #lanes = new Map<number, TrafficLane>()
  readonly #turns: DueTurns
  readonly #pump: DuePump
  readonly #curve: RateCurve
  #started = false
  #stopped = false

  constructor(options: CallRateOptions, context: ExecutorContext) {
    const { seed, stations, isOwn, clock } = context
    const mix = new CallMix(options.mix)
    const plan = { payload: undefined, backlog: options.backlog }
    for (let index = 0; index < stations; index += 1) {
      if (!isOwn(index)) continue
      const draw = mix.of(Random.stream(seed, 'mix', index))
      this.#lanes.set(index, new TrafficLane(plan, draw, index, context))
    }
    const places = shuffledPlaces(stations, Random.stream(seed, 'turns'))
    this.#turns = new DueTurns(places, stations, this.#lanes)
    this.#pump = new DuePump(clock, this.#turns)
    this.#curve = options.curve
  }

  ready(station: LoadStation): void {
    const lane = this.#lanes.get(station.index)
    lane?.attach(station)
    lane?.proceed()
  }

  /** Begins with the first window; steady goes on where warm-up began. */
  start(atMicros: number): void {
    if (this.#started || this.#stopped) return
    this.#started = true
    this.#turns.begin(this.#curve, atMicros)
    this.#pump.schedule()
  }

  endAt(endMicros: number): void {
    this.#pump.endAt(endMicros)
  }

  stop(atMicros: number): void {
    this.#stopped = true
    this.#pump.stop(atMicros)
  }

  get idle(): boolean {
    for (const lane of this.#lanes.values()) if (!lane.idle) return false
    return true
  }

  end(): void {
    for (const lane of this.#lanes.values()) lane.end()
  }

  /** What was due before at the old rate falls due still; ordinal 0 of the new one is due at `atMicros`. */
  retune(ratePerSecond: number, atMicros: number): void {
    if (this.#stopped) return
    this.#pump.stop(atMicros)
    this.#turns.begin(RateCurve.constant(ratePerSecond), atMicros)
    this.#pump.schedule()
  }
}
