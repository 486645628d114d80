import { expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { loadScenario } from '../scenario/load-scenario.ts'
import { DeadlockWatch, patienceMs } from './deadlock-watch.ts'

test('gives up once all were stuck for long enough, and again when they are so again', () => {
  const clock = new VirtualClock()
  let given = 0
  const watch = new DeadlockWatch(clock, 1000, () => {
    given += 1
  })
  watch.look(true)
  clock.advance(999)
  watch.look(true)
  expect(given).toBe(0)
  clock.advance(1)
  expect(given).toBe(1)
  watch.look(false)
  watch.look(true)
  clock.advance(1000)
  expect(given).toBe(2)
})

test('a signal that arrives in time ends the suspicion', () => {
  const clock = new VirtualClock()
  const watch = new DeadlockWatch(clock, 1000, () => {
    throw new Error('gave up')
  })
  watch.look(true)
  clock.advance(500)
  watch.look(false)
  clock.advance(5000)
  watch.look(true)
  watch.stop()
  clock.advance(5000)
  expect(clock.pending).toBe(0)
})

test('gracefulStop adds to the patience; where the CSMS may set off a signal there is more of it', () => {
  const patience = (rest: string, fleet = '') => {
    const text = `name: t\n${rest}\nfleets: [{name: a, ${fleet} script: [{await: go}]}]`
    const loaded = loadScenario({ file: 't', text })
    return 'plan' in loaded ? patienceMs(loaded.plan) : 0
  }
  expect(patience('')).toBe(1000)
  expect(patience('load: {gracefulStop: 30s}')).toBe(31_000)
  expect(patience('', 'on: {Reset: [{signal: go}]},')).toBe(60_000)
})
