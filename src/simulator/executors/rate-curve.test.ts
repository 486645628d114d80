import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { RateCurve, type RatePiece } from './rate-curve.ts'

const rates = fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 5000, noNaN: true }))
const piece: fc.Arbitrary<RatePiece> = fc.record({
  seconds: fc.oneof(fc.constant(0), fc.double({ min: 0.001, max: 3, noNaN: true })),
  from: rates,
  to: rates,
})
const pieces = fc.array(piece, { minLength: 1, maxLength: 6 })

function lengthOf(all: readonly RatePiece[]): number {
  return all.reduce((sum, { seconds }) => sum + seconds, 0)
}

function instantsOf(curve: RateCurve): number[] {
  const instants: number[] = []
  for (let k = 0; ; k += 1) {
    const instant = curve.instantOf(k)
    if (instant === Number.POSITIVE_INFINITY) return instants
    instants.push(instant)
  }
}

/** The rate summed up in small steps: what the exact integral is held against. */
function summed(all: readonly RatePiece[], untilSeconds: number): number {
  const steps = 2000
  let sum = 0
  let at = 0
  for (const { seconds, from, to } of all) {
    const within = Math.max(0, Math.min(seconds, untilSeconds - at))
    for (let i = 0; i < steps && within > 0; i += 1) {
      const middle = ((i + 0.5) / steps) * within
      sum += (from + ((to - from) * middle) / seconds) * (within / steps)
    }
    at += seconds
  }
  return sum
}

describe('RateCurve', () => {
  test('a constant rate spaces its instants evenly, from the first moment on, for ever', () => {
    const curve = RateCurve.constant(10_000)
    expect([0, 1, 2, 123_456_789].map((k) => curve.instantOf(k))).toEqual([
      0, 100, 200, 12_345_678_900,
    ])
    expect(RateCurve.constant(0).instantOf(0)).toBe(Number.POSITIVE_INFINITY)
  })

  test('stages: 10 s from 0 to 10/s are 50 events, then 1 s of 10/s, then none', () => {
    const curve = RateCurve.ofStages(0, [
      { duration: 10_000, target: 10 },
      { duration: 1000, target: 10 },
      { duration: 0, target: 0 },
      { duration: 5000, target: 0 },
    ])
    const instants = instantsOf(curve)
    expect(instants.length).toBe(60)
    expect(instants.slice(0, 5).map((micros) => Math.round(micros))).toEqual([
      0, 1_414_214, 2_000_000, 2_449_490, 2_828_427,
    ])
    expect(instants.slice(50).map((micros) => Math.round(micros))).toEqual(
      Array.from({ length: 10 }, (_, k) => 10_000_000 + k * 100_000),
    )
  })

  test('nothing is due while the rate is 0: the first event comes when it rises', () => {
    const curve = RateCurve.ofStages(0, [
      { duration: 5000, target: 0 },
      { duration: 0, target: 4 },
      { duration: 1000, target: 4 },
    ])
    expect(instantsOf(curve)).toEqual([5_000_000, 5_250_000, 5_500_000, 5_750_000])
  })

  test('instants never go back, and lie within the curve', () => {
    fc.assert(
      fc.property(pieces, (all) => {
        const end = lengthOf(all) * 1e6
        let last = 0
        for (const instant of instantsOf(new RateCurve(all))) {
          expect(instant).toBeGreaterThanOrEqual(last)
          expect(instant).toBeLessThanOrEqual(end + 1)
          last = instant
        }
      }),
      { numRuns: 60 },
    )
  })

  test('over any stretch the number of events is the integral of the rate within 1', () => {
    fc.assert(
      fc.property(pieces, fc.double({ min: 0, max: 1, noNaN: true }), fc.nat(), (all, a, b) => {
        const curve = new RateCurve(all)
        const length = lengthOf(all) * 1e6
        const [from = 0, to = 0] = [a * length, ((b % 1000) / 1000) * length].sort((x, y) => x - y)
        const within = instantsOf(curve).filter((instant) => instant >= from && instant < to)
        const integral = curve.countBefore(to) - curve.countBefore(from)
        expect(Math.abs(within.length - integral)).toBeLessThanOrEqual(1.001)
      }),
      { numRuns: 60 },
    )
  })

  test('the integral is what summing the rate up comes to', () => {
    fc.assert(
      fc.property(pieces, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const seconds = share * lengthOf(all)
        const expected = summed(all, seconds)
        const told = new RateCurve(all).countBefore(seconds * 1e6)
        expect(Math.abs(told - expected)).toBeLessThanOrEqual(1e-6 * Math.max(1, expected))
      }),
      { numRuns: 30 },
    )
  })

  test('an instant is where the integral reaches its ordinal', () => {
    fc.assert(
      fc.property(pieces, fc.nat(2000), (all, ordinal) => {
        const curve = new RateCurve(all)
        const instant = curve.instantOf(ordinal)
        if (instant === Number.POSITIVE_INFINITY) expect(curve.total).toBeLessThan(ordinal + 1e-3)
        else expect(curve.countBefore(instant)).toBeCloseTo(ordinal, 3)
      }),
    )
  })
})
