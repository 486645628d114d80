import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { BoundedSamples, lengthOf, meanOver, type TimedSample } from './bounded-samples.ts'

interface Share extends TimedSample {
  readonly share: number
}

const shareOf = ({ share }: Share): number => share

function bounded(most?: number) {
  return new BoundedSamples<Share>(
    (pair) => ({ ...pair[0], share: meanOver(pair, shareOf) ?? 0 }),
    most,
  )
}

describe('BoundedSamples', () => {
  test('leaves a run of hours as it is', () => {
    const samples = bounded()
    for (let second = 0; second < 20_000; second += 1) samples.add({ second, share: second % 2 })
    expect(samples.list).toHaveLength(20_000)
    expect(samples.list[7]).toEqual({ second: 7, share: 1 })
  })

  test('makes one of two neighbours where there are too many, and gathers as many from then on', () => {
    const samples = bounded(4)
    for (const share of [0, 1, 2, 4, 6, 8, 9]) samples.add({ second: samples.list.length, share })
    expect(samples.list.map(({ share, seconds }) => [share, seconds])).toEqual([
      [0.5, 2],
      [3, 2],
      [7, 2],
      [9, undefined],
    ])
  })

  test('however long a run is: few, in order, without a gap, with the mean of all', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5000 }), fc.integer({ min: 1, max: 16 }), (n, half) => {
        const samples = bounded(2 * half)
        let sum = 0
        for (let second = 0; second < n; second += 1) {
          const share = (second * 7919) % 101
          sum += share
          samples.add({ second, share })
        }
        const { list } = samples
        expect(list.length).toBeLessThanOrEqual(2 * half)
        let second = 0
        for (const sample of list) {
          expect(sample.second).toBe(second)
          second += lengthOf(sample)
        }
        expect(second).toBe(n)
        expect(meanOver(list, shareOf)).toBeCloseTo(sum / n, 6)
      }),
    )
  })

  test('of nothing there is no mean', () => {
    expect(meanOver<Share>([], shareOf)).toBeNull()
  })
})
