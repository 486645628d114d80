/** The mean of a series with how far it may be off. */
export interface Estimate {
  readonly mean: number
  /** Standard error of the mean. */
  readonly error: number
  /** Degrees of freedom of `error`. */
  readonly freedom: number
  readonly points: number
  /** Of neighbouring points, -1 to 1. */
  readonly autocorrelation: number
}

/** With fewer points nothing is told. */
export const leastPoints = 30
/** Few and long: short ones would resemble their neighbours. */
export const blocks = 8

/**
 * Seconds that follow each other resemble each other, so their spread alone would make noise look
 * smaller than it is. The series is cut into eight blocks; where each is much longer than the series
 * remembers, their means are as good as independent, and the spread of those gives the error of the
 * mean (batch means). The error is widened where the memory is longer than half a block, and
 * undefined where it is longer than a block, or there are fewer than 30 points.
 */
export function estimateMean(values: readonly number[]): Estimate | undefined {
  const points = values.length
  if (points < leastPoints) return undefined
  const length = points / blocks
  const memory = memoryOf(values)
  if (memory > length) return undefined
  const means = Array.from({ length: blocks }, (_, i) =>
    meanOf(values.slice(Math.round(i * length), Math.round((i + 1) * length))),
  )
  const mean = meanOf(values)
  const variance = means.reduce((sum, one) => sum + (one - mean) ** 2, 0) / (blocks - 1)
  return {
    mean,
    error: Math.sqrt((variance / blocks) * Math.max(1, (2 * memory) / length)),
    freedom: blocks - 1,
    points,
    autocorrelation: Math.round(correlation(values, 1) * 100) / 100,
  }
}

/**
 * After how many points the series has forgotten where it was: 1 + twice the sum of its
 * autocorrelations, up to the lag where they no longer stand out (Sokal's window).
 */
function memoryOf(values: readonly number[]): number {
  let memory = 1
  const longest = Math.floor(values.length / 4)
  for (let lag = 1; lag <= longest; lag += 1) {
    memory += 2 * correlation(values, lag)
    if (lag >= 5 * memory) break
  }
  return Math.max(1, memory)
}

/** Between points `lag` apart, -1 to 1; 0 for a series that does not move. */
function correlation(values: readonly number[], lag: number): number {
  const mean = meanOf(values)
  let together = 0
  let square = 0
  values.forEach((value, i) => {
    square += (value - mean) ** 2
    const later = values[i + lag]
    if (later !== undefined) together += (value - mean) * (later - mean)
  })
  // What rounding leaves of a series that does not move is no movement.
  return square > 1e-20 * values.length * mean ** 2 ? together / square : 0
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length
}
