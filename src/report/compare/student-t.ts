/**
 * How many standard errors a mean lies from the truth at most, at this two-sided level: the quantile
 * of Student's t distribution.
 *
 * @param freedom degrees of freedom, above 0, not only whole ones
 * @param miss the probability outside, both sides together: 0.05 for 95 %
 */
export function studentQuantile(freedom: number, miss: number): number {
  let low = 0
  let high = 1
  while (outside(high, freedom) > miss) high *= 2
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2
    if (outside(middle, freedom) > miss) low = middle
    else high = middle
  }
  return high
}

/** The probability of a t beyond `t` on either side. */
function outside(t: number, freedom: number): number {
  return incompleteBeta(freedom / (freedom + t * t), freedom / 2, 0.5)
}

/** The regularised incomplete beta function, by its continued fraction (Lentz's method). */
function incompleteBeta(x: number, a: number, b: number): number {
  if (x <= 0) return 0
  if (x >= 1) return 1
  if (x > (a + 1) / (a + b + 2)) return 1 - incompleteBeta(1 - x, b, a)
  const front = Math.exp(
    logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log(1 - x),
  )
  let c = 1
  let d = 1 / awayFromZero(1 - ((a + b) * x) / (a + 1))
  let fraction = d
  for (let m = 1; m <= 300; m += 1) {
    const even = (m * (b - m) * x) / ((a + 2 * m - 1) * (a + 2 * m))
    const odd = (-(a + m) * (a + b + m) * x) / ((a + 2 * m) * (a + 2 * m + 1))
    for (const step of [even, odd]) {
      d = 1 / awayFromZero(1 + step * d)
      c = awayFromZero(1 + step / c)
      fraction *= c * d
    }
    if (Math.abs(c * d - 1) < 1e-12) break
  }
  return (front * fraction) / a
}

function awayFromZero(value: number): number {
  return Math.abs(value) < 1e-300 ? 1e-300 : value
}

const lanczos = [
  76.18009172947146, -86.50532032941678, 24.01409824083091, -1.231739572450155,
  0.1208650973866179e-2, -0.5395239384953e-5,
]

/** Lanczos's approximation, good to 10 digits. */
function logGamma(x: number): number {
  const shifted = x + 5.5
  let series = 1.000000000190015
  lanczos.forEach((coefficient, i) => {
    series += coefficient / (x + 1 + i)
  })
  return (x + 0.5) * Math.log(shifted) - shifted + Math.log((Math.sqrt(2 * Math.PI) * series) / x)
}
