import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { dimensionNames, dimensions, formatQuantity, parseQuantity } from './units.ts'

describe('units', () => {
  test.each([
    ['22kW', 'power', 22_000],
    ['22 kW', 'power', 22_000],
    ['60kWh', 'energy', 60_000],
    ['80%', 'percent', 0.8],
    ['7%', 'percent', 0.07],
    ['10min', 'duration', 600_000],
    ['1h30min', 'duration', 5_400_000],
    ['500ms', 'duration', 500],
    ['200/s', 'rate', 200],
    ['30/min', 'rate', 0.5],
  ])('%s is a %s of %d', (text, dimension, value) => {
    expect(parseQuantity(text)).toEqual({ dimension, value })
  })

  test.each(['', '22', 'kW', '-5s', '1s2kW', '5 m', '1e3s', '22kw', '5%5%', '∞s'])(
    '"%s" is no quantity',
    (text) => {
      expect(parseQuantity(text)).toBeUndefined()
    },
  )

  test('whole counts of every unit read back as what was written', () => {
    const units = dimensionNames.flatMap((dimension) =>
      Object.entries(dimensions[dimension].units).map((unit) => [dimension, ...unit] as const),
    )
    fc.assert(
      fc.property(
        fc.constantFrom(...units),
        fc.integer({ min: 0, max: 1_000_000 }),
        ([dimension, unit, factor], count) => {
          const read = parseQuantity(`${count}${unit}`)
          expect(read?.dimension).toBe(dimension)
          expect(read?.value).toBeCloseTo(count * factor, 6)
        },
      ),
    )
  })

  test('what is shown to people reads back within six digits', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...dimensionNames),
        fc.double({ min: 0.001, max: 1e9, noNaN: true }),
        (dimension, value) => {
          const read = parseQuantity(formatQuantity({ dimension, value }))
          expect(read?.dimension).toBe(dimension)
          expect(Math.abs((read?.value ?? 0) / value - 1)).toBeLessThan(1e-5)
        },
      ),
    )
  })
})
