import { expect, test } from 'vitest'
import { MachineWatch } from './machine-watch.ts'

test('tells idle and stolen time of each second as a share of all cores', () => {
  const times = [
    { idle: 100, stolen: 0, total: 1000 },
    { idle: 150, stolen: 20, total: 1200 },
    { idle: 150, stolen: 20, total: 1400 },
  ]
  const watch = new MachineWatch(() => times.shift())
  watch.look(1)
  watch.look(2)
  expect(watch.samples).toEqual([
    { second: 0, idleShare: 0.25, stolenShare: 0.1 },
    { second: 1, idleShare: 0, stolenShare: 0 },
  ])
})

test('has nothing to tell where the system says nothing', () => {
  const watch = new MachineWatch(() => undefined)
  watch.look(1)
  expect(watch.samples).toEqual([])
})
