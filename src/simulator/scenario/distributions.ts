import type { Random } from '../../shared/random.ts'

/** A number that is drawn anew each time a step runs; plain data. */
export type Distribution =
  | { readonly kind: 'fixed'; readonly value: number }
  /** Uniform. */
  | { readonly kind: 'between'; readonly low: number; readonly high: number }
  /** Cut off (by clamping) at min and max. */
  | {
      readonly kind: 'normal'
      readonly mean: number
      readonly sd: number
      readonly min: number
      readonly max: number
    }
  | { readonly kind: 'exponential'; readonly mean: number; readonly max: number }
  /** Each equally likely. */
  | { readonly kind: 'oneOf'; readonly values: readonly number[] }

/** Always this value: draws nothing. */
export function fixed(value: number): Distribution {
  return { kind: 'fixed', value }
}

/** A fixed value draws nothing, so that adding one leaves the stream of the others alone. */
export function sample(distribution: Distribution, random: Random): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.value
    case 'between':
      return random.between(distribution.low, distribution.high)
    case 'normal': {
      const { mean, sd, min, max } = distribution
      return Math.min(max, Math.max(min, random.normal(mean, sd)))
    }
    case 'exponential':
      return Math.min(distribution.max, random.exponential(distribution.mean))
    case 'oneOf':
      return distribution.values[random.int(0, distribution.values.length - 1)] ?? 0
  }
}

/** What a draw is unlikely to exceed; for estimates. */
export function upperEnd(distribution: Distribution): number {
  switch (distribution.kind) {
    case 'fixed':
      return distribution.value
    case 'between':
      return distribution.high
    case 'normal':
      return Math.min(distribution.max, distribution.mean + 3 * distribution.sd)
    case 'exponential':
      return Math.min(distribution.max, 5 * distribution.mean)
    case 'oneOf':
      return Math.max(...distribution.values)
  }
}
