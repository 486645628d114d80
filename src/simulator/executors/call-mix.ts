import type { Random } from '../../shared/random.ts'
import type { Mix } from './mix.ts'
import type { CallDraw } from './traffic-lane.ts'

/**
 * Weighted draws of actions. What a draw sends is for the station's state to say: payloads come from
 * the physical state, and a start where every EVSE is in a transaction is a stop and the reverse. So
 * the number of CALLs never depends on what happens to be legal, and starts balance stops.
 */
export class CallMix {
  /** Those that have a weight. */
  readonly actions: readonly string[]
  /** Shares added up; the last is 1. */
  readonly #upTo: readonly number[]

  constructor(mix: Mix) {
    const entries = Object.entries(mix).filter(([, weight]) => weight > 0)
    const total = entries.reduce((sum, [, weight]) => sum + weight, 0)
    let sum = 0
    this.actions = entries.map(([action]) => action)
    this.#upTo = entries.map(([, weight]) => {
      sum += weight
      return sum / total
    })
  }

  /** The place in `actions` that the next number of this stream falls on. */
  draw(random: Random): number {
    const upTo = this.#upTo
    const at = random.next()
    let place = 0
    while (place < upTo.length - 1 && at >= (upTo[place] ?? 1)) place += 1
    return place
  }

  /** The draws of one station: the k-th is that of the k-th CALL that falls due at it. */
  of(random: Random): CallDraw {
    return { actions: this.actions, next: () => this.draw(random) }
  }
}
