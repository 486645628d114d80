import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import { Random } from '../../shared/random.ts'
import type { Executor } from './executor.ts'
import type { IssuedCall, LoadStation } from './load-station.ts'

/**
 * The closed model (`constant-stations` with a `mix`): each station sends the next weighted draw as
 * soon as the last was answered. Callbacks only: nothing is allocated per exchange.
 */
export class ClosedLoop implements Executor {
  readonly #seed: number
  readonly #actions: readonly string[]
  readonly #weights: readonly number[]
  readonly #lanes = new Map<number, ClosedLane>()
  #running = false

  constructor(seed: number, mix: Readonly<Record<string, number>>) {
    this.#seed = seed
    this.#actions = Object.keys(mix)
    this.#weights = Object.values(mix)
  }

  /** A station is ready to send: for the first time, or again after a break. */
  ready(station: LoadStation): void {
    let lane = this.#lanes.get(station.index)
    if (!lane) {
      const random = Random.stream(this.#seed, 'mix', station.index)
      lane = new ClosedLane(station, random, this.#actions, this.#weights)
      this.#lanes.set(station.index, lane)
    }
    if (this.#running) lane.go()
  }

  start(): void {
    this.#running = true
    for (const lane of this.#lanes.values()) lane.go()
  }

  /** What is on its way is still answered. */
  stop(): void {
    this.#running = false
    for (const lane of this.#lanes.values()) lane.halt()
  }

  end(): void {
    // Nothing waits: a draw is made when it can be sent.
  }

  /** Nothing on its way. */
  get idle(): boolean {
    for (const lane of this.#lanes.values()) if (lane.busy) return false
    return true
  }
}

class ClosedLane implements IssuedCall {
  action = ''
  readonly payload = undefined
  readonly intendedMicros = 0
  readonly dueMicros = 0
  busy = false
  readonly #station: LoadStation
  readonly #random: Random
  readonly #actions: readonly string[]
  readonly #weights: readonly number[]
  #going = false
  /** Inside `#run`: an answer that comes at once continues the loop there, not on a deeper stack. */
  #looping = false

  constructor(
    station: LoadStation,
    random: Random,
    actions: readonly string[],
    weights: readonly number[],
  ) {
    this.#station = station
    this.#random = random
    this.#actions = actions
    this.#weights = weights
  }

  go(): void {
    this.#going = true
    this.#run()
  }

  halt(): void {
    this.#going = false
  }

  done(_outcome: CallOutcome): void {
    this.busy = false
    this.#run()
  }

  #run(): void {
    if (this.#looping) return
    this.#looping = true
    // Not ready: `ready` sets it going again once the station is back.
    while (this.#going && !this.busy && this.#station.ready) {
      this.busy = true
      this.action = this.#actions[this.#random.weighted(this.#weights)] ?? ''
      this.#station.issue(this)
    }
    this.#looping = false
  }
}
