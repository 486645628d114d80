import { expect, test } from 'vitest'
import { parseMachineTimes } from './machine-times.ts'

test('reads what all cores did, stolen time among it', () => {
  const text = 'cpu  100 1 50 800 10 2 3 34 7 0\ncpu0 50 0 25 400 5 1 1 17 3 0\nintr 1\n'
  expect(parseMachineTimes(text)).toEqual({ idle: 810, stolen: 34, total: 1000 })
})

test('says nothing where a kernel does not tell stolen time', () => {
  expect(parseMachineTimes('cpu  100 1 50 800\n')).toBeUndefined()
  expect(parseMachineTimes('')).toBeUndefined()
})
