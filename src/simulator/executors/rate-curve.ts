/** A stretch of time over which a rate goes from one value to another in a straight line. */
export interface RatePiece {
  /** Infinity: for ever, at the constant rate `from`. */
  readonly seconds: number
  /** Per second. */
  readonly from: number
  readonly to: number
}

interface Placed extends RatePiece {
  /** Seconds, and events, before this piece. */
  readonly at: number
  readonly before: number
}

/** Rounding must not make an event of the last instant of a curve. */
const roundingError = 1e-6

/**
 * A rate over time, piecewise linear, and the instants it comes to: ordinal k is due at the moment
 * the integral of the rate grows past k. So over any stretch the number of events is the integral
 * within 1, a constant rate spaces them evenly, and no instant depends on any other.
 */
export class RateCurve {
  readonly #pieces: readonly Placed[]
  /** Events over the whole curve, not rounded. */
  readonly total: number

  constructor(pieces: readonly RatePiece[]) {
    let at = 0
    let before = 0
    this.#pieces = pieces.map((piece) => {
      const placed = { ...piece, at, before }
      at += piece.seconds
      before += eventsOf(piece)
      return placed
    })
    this.total = before
  }

  static constant(ratePerSecond: number): RateCurve {
    return new RateCurve([
      { seconds: Number.POSITIVE_INFINITY, from: ratePerSecond, to: ratePerSecond },
    ])
  }

  /**
   * As `stages` say it: from `start` to each target in turn, every one reached at its stage's end; a
   * stage of no length is a step.
   */
  static ofStages(
    start: number,
    stages: readonly { readonly duration: number; readonly target: number }[],
  ): RateCurve {
    let from = start
    const pieces = stages.map(({ duration, target }) => {
      const piece = { seconds: duration / 1000, from, to: target }
      from = target
      return piece
    })
    return new RateCurve(pieces)
  }

  /** Microseconds from the begin of the curve; Infinity where it never comes to so many. */
  instantOf(ordinal: number): number {
    if (ordinal >= this.total - roundingError) return Number.POSITIVE_INFINITY
    const piece = this.#pieces[this.#pieceOf(ordinal)]
    if (!piece) return Number.POSITIVE_INFINITY
    return (piece.at + secondsTo(ordinal - piece.before, piece)) * 1e6
  }

  /** Events before this instant, not rounded: the integral of the rate. */
  countBefore(micros: number): number {
    const seconds = micros / 1e6
    let count = 0
    for (const piece of this.#pieces) {
      if (piece.at >= seconds) break
      const within = Math.min(seconds - piece.at, piece.seconds)
      count = piece.before + within * piece.from + (within * within * slopeOf(piece)) / 2
    }
    return count
  }

  /** The last piece that begins before this many events are over. */
  #pieceOf(ordinal: number): number {
    let low = 0
    let high = this.#pieces.length - 1
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if ((this.#pieces[middle]?.before ?? 0) <= ordinal) low = middle
      else high = middle - 1
    }
    return low
  }
}

function slopeOf({ seconds, from, to }: RatePiece): number {
  return seconds > 0 && seconds < Number.POSITIVE_INFINITY ? (to - from) / seconds : 0
}

function eventsOf({ seconds, from, to }: RatePiece): number {
  if (seconds === 0 || (from === 0 && to === 0)) return 0
  return (seconds * (from + to)) / 2
}

/** Seconds into a piece until its integral is `events`: the root of a parabola, without cancellation. */
function secondsTo(events: number, piece: RatePiece): number {
  const { from } = piece
  const underRoot = from * from + 2 * slopeOf(piece) * events
  const divisor = from + Math.sqrt(Math.max(0, underRoot))
  return divisor === 0 ? 0 : Math.min(piece.seconds, (2 * events) / divisor)
}
