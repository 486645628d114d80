import { expect, test } from 'vitest'
import { ownerOf } from './owner.ts'

const fleets: readonly (readonly [string, (i: number) => string])[] = [
  ['numbers with zeros', (i) => `CP-${String(i).padStart(5, '0')}`],
  ['plain numbers', (i) => `${i}`],
  ['long names', (i) => `NL-ROTTERDAM-QUAY-${i}-A`],
]

test.each(fleets)('%s are dealt evenly', (_name, idOf) => {
  for (const processes of [2, 3, 4, 8]) {
    const counts = Array.from({ length: processes }, () => 0)
    for (let i = 0; i < 50_000; i += 1) counts[ownerOf(idOf(i), processes)]! += 1
    const mean = 50_000 / processes
    // Preflight counts on four standard deviations.
    for (const count of counts) expect(Math.abs(count - mean)).toBeLessThan(4 * Math.sqrt(mean))
  }
})

test('an identity has one owner, the same in every process and at every start', () => {
  expect(['CP1', 'CP2', 'CP3', 'CP4', 'Säule'].map((id) => ownerOf(id, 5))).toMatchInlineSnapshot(`
    [
      2,
      4,
      3,
      1,
      4,
    ]
  `)
  expect(ownerOf('CP1', 1)).toBe(0)
})
