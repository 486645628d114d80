import fc from 'fast-check'
import { expect, test } from 'vitest'
import { loadScenario } from './load-scenario.ts'
import type { Plan } from './plan.ts'
import { chosenStations } from './timeline-choice.ts'

function planOf(event: string, seed = 1): Plan {
  const text = `name: t
seed: ${seed}
timeline: [{ at: 1min, do: powerLoss, ${event} }]
fleets: [{name: a, count: 30, script: [boot]}, {name: b, count: 70, script: [boot]}]`
  const loaded = loadScenario({ file: 't', text })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return loaded.plan
}

function chosen({ timeline, seed, fleets }: Plan): readonly number[] {
  const [event] = timeline
  return event ? chosenStations(event, 0, seed, fleets) : []
}

test('a share of all fleets, or of one; a count; all of them', () => {
  expect(chosen(planOf('share: 30%'))).toHaveLength(30)
  expect(chosen(planOf('share: 1%, fleet: a'))).toHaveLength(1)
  expect(chosen(planOf('share: 0%'))).toEqual([])
  expect(chosen(planOf('count: 7, fleet: b')).every((index) => index >= 30)).toBe(true)
  expect(chosen(planOf('fleet: a'))).toEqual(Array.from({ length: 30 }, (_, i) => i))
})

test('the seed says which, nothing else: no station twice, ascending, another seed another choice', () => {
  fc.assert(
    fc.property(fc.nat(1000), fc.integer({ min: 1, max: 100 }), (seed, count) => {
      const all = chosen(planOf(`count: ${count}`, seed))
      expect(new Set(all).size).toBe(count)
      expect(all).toEqual([...all].sort((a, b) => a - b))
      expect(chosen(planOf(`count: ${count}`, seed))).toEqual(all)
      expect(all.every((index) => index >= 0 && index < 100)).toBe(true)
    }),
    { numRuns: 30 },
  )
  expect(chosen(planOf('count: 20', 1))).not.toEqual(chosen(planOf('count: 20', 2)))
})

test('every station is as likely as any other', () => {
  const hits = Array.from({ length: 100 }, () => 0)
  const { timeline, fleets } = planOf('count: 10')
  const [event] = timeline
  for (let seed = 0; seed < 400; seed += 1) {
    for (const index of event ? chosenStations(event, 0, seed, fleets) : []) {
      hits[index] = (hits[index] ?? 0) + 1
    }
  }
  // 40 expected each, standard deviation 6.
  expect(Math.min(...hits)).toBeGreaterThan(40 - 5 * 6)
  expect(Math.max(...hits)).toBeLessThan(40 + 5 * 6)
})
