import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { alone, type Numbering, nextId, nextOrdinal } from './numbering.ts'

const highest = 2 ** 31 - 1
const of = (process: number, processes: number, wallMs = 0): Numbering => ({
  process,
  processes,
  wallMs: () => wallMs,
})

describe('transaction ids', () => {
  test('of several processes never meet, wherever each goes on from', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 8 }),
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 8, maxLength: 8 }),
        (processes, begins) => {
          const ids = Array.from({ length: processes }, (_, process) => {
            const numbering = of(process, processes)
            let last = begins[process] ?? 0
            return Array.from({ length: 50 }, () => {
              const next = nextId(last, numbering)
              expect(next).toBeGreaterThan(last)
              expect(next - last).toBeLessThanOrEqual(processes)
              last = next
              return next
            })
          }).flat()
          expect(new Set(ids).size).toBe(ids.length)
        },
      ),
    )
  })

  test('[1.6 errata 3.54] begin again above 0 after the highest that small stations can hold', () => {
    expect(nextId(highest, alone)).toBe(1)
    expect(nextId(highest - 1, alone)).toBe(highest)
    expect([0, 1, 2].map((process) => nextId(highest, of(process, 3)))).toEqual([1, 2, 3])
  })
})

describe('ordinals', () => {
  test('a process on its own counts', () => {
    expect([nextOrdinal(0, alone), nextOrdinal(41, alone)]).toEqual([1, 42])
  })

  test('of several processes follow the wall clock, so that arrival is in order over all', () => {
    const first = nextOrdinal(0, of(2, 3, 1000))
    const second = nextOrdinal(0, of(0, 3, 1001))
    expect(second).toBeGreaterThan(first)
  })

  test('grow although the wall clock goes back', () => {
    const first = nextOrdinal(0, of(1, 3, 5000))
    expect(nextOrdinal(first, of(1, 3, 10))).toBe(first + 3)
  })

  test('stay whole numbers that JSON carries, for centuries', () => {
    const in2200 = Date.UTC(2200, 0, 1)
    expect(Number.isSafeInteger(nextOrdinal(0, of(7, 8, in2200)))).toBe(true)
  })
})
