import type { CancelTimer, Clock } from '../../shared/clock.ts'
import { Random } from '../../shared/random.ts'

export interface ConnectRampOptions {
  readonly clock: Clock
  readonly seed: number
  /** Run-wide indexes of the stations to launch, ascending. */
  readonly stations: readonly number[]
  /** The turn of each; undefined: it is left out. */
  readonly turnOf: (index: number) => number | undefined
  /** New connections per second over the whole run; undefined = as fast as they are accepted. */
  readonly ratePerSecond: number | undefined
  /** Each launch is late by a draw from 0 to this. */
  readonly jitterMs: number
  /** How many handshakes may be under way at once, reconnects among them. */
  readonly inFlight: number
  readonly launch: (index: number) => void
  /** Every station was launched. */
  readonly launchedAll: () => void
}

/** How often launches that wait for a free handshake, or for their instant, are looked at. */
const tickMs = 5

/**
 * Brings the stations up one after the other: who has turn i at i / rate (plus jitter), and never
 * more handshakes at once than may be in flight. Without that bound a target that is slower than the
 * rate is buried: its answers come when the stations have given up and try again, and nobody gets in.
 */
export class ConnectRamp {
  readonly #options: ConnectRampOptions
  readonly #plan: readonly { readonly index: number; readonly atMicros: number }[]
  #next = 0
  #handshakes = 0
  #timer: CancelTimer | undefined
  #done = false
  /** How much later than its instant a station was launched at a rate, the most so far. */
  behindMs = 0

  constructor(options: ConnectRampOptions) {
    this.#options = options
    const begin = options.clock.monotonicMicros()
    this.#plan = options.stations
      .flatMap((index) => {
        const turn = options.turnOf(index)
        if (turn === undefined) return []
        return [{ index, turn, atMicros: begin + delayMs(options, index, turn) * 1000 }]
      })
      .sort((a, b) => a.atMicros - b.atMicros || a.turn - b.turn)
  }

  start(): void {
    this.#pump()
  }

  /** A station began to connect. */
  connecting(): void {
    this.#handshakes += 1
  }

  /** Its handshake ended, well or not. */
  settled(): void {
    this.#handshakes -= 1
  }

  /** Launches nobody any more. */
  stop(): void {
    this.#done = true
    this.#timer?.()
  }

  #pump(): void {
    const { clock, inFlight, ratePerSecond, launch, launchedAll } = this.#options
    const now = clock.monotonicMicros()
    // A launched station begins its handshake a few microtasks later, so a tick takes one batch.
    let free = inFlight - this.#handshakes
    for (; free > 0; free -= 1) {
      const next = this.#plan[this.#next]
      if (!next || next.atMicros > now) break
      this.#next += 1
      if (ratePerSecond !== undefined) {
        this.behindMs = Math.max(this.behindMs, (now - next.atMicros) / 1000)
      }
      launch(next.index)
    }
    if (this.#done) return
    if (this.#next < this.#plan.length) {
      this.#timer = clock.after(tickMs, () => this.#pump())
    } else {
      this.#done = true
      launchedAll()
    }
  }
}

function delayMs(options: ConnectRampOptions, index: number, turn: number): number {
  const { ratePerSecond, jitterMs, seed } = options
  const inTurn = ratePerSecond === undefined ? 0 : (turn * 1000) / ratePerSecond
  return jitterMs > 0 ? inTurn + Random.stream(seed, 'connect', index).next() * jitterMs : inTurn
}
