import { expect, test } from 'vitest'
import { HeardCalls } from './heard-calls.ts'

test('[1.6J 4.1.4] what was answered does not come again under its id', () => {
  const heard = new HeardCalls()
  expect(heard.objectionTo('one', 0)).toBeUndefined()
  expect(heard.objectionTo('two', 0)).toBeUndefined()
  heard.answered('one')
  expect(heard.objectionTo('one', 60_000)).toBe('message id one came again after it was answered')
})

test('[1.6J 4.1.4, errata 3.1] a retry keeps its id, if somebody has waited for an answer', () => {
  const heard = new HeardCalls()
  expect(heard.objectionTo('one', 0)).toBeUndefined()
  expect(heard.objectionTo('one', 999)).toBe(
    'message id one came again after 999 ms, while it was being handled',
  )
  expect(heard.objectionTo('one', 1000)).toBeUndefined()
})

test('of a flood the latest are remembered', () => {
  const heard = new HeardCalls()
  for (let at = 0; at <= 10_000; at += 1) heard.objectionTo(`n${at}`, 0)
  expect(heard.objectionTo('n1', 1)).toMatch(/^message id n1 came again/)
  expect(heard.objectionTo('n0', 1)).toBeUndefined()
})
