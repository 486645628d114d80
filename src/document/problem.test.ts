import { expect, test } from 'vitest'
import { formatProblems, Places } from './problem.ts'

test('places are lines and columns from 1', () => {
  const places = new Places('ab\ncd\n')
  expect(places.at(0)).toEqual({ line: 1, column: 1 })
  expect(places.at(4)).toEqual({ line: 2, column: 2 })
})

test('a problem underlines no more than its first line', () => {
  const text = 'one:\n  two: 3\n'
  expect(new Places(text).problem({ start: 0, end: text.length }, 'No.')).toEqual({
    line: 1,
    column: 1,
    length: 4,
    message: 'No.',
  })
})

test('a long line is cut around the culprit', () => {
  const text = `${'x'.repeat(300)}BAD${'y'.repeat(300)}`
  const problem = new Places(text).problem({ start: 300, end: 303 }, 'Bad.')
  const lines = formatProblems('f.yaml', text, [problem]).split('\n')
  expect(lines[0]).toBe('f.yaml:1:301: Bad.')
  expect(lines[1]?.length).toBeLessThan(120)
  expect(lines[2]?.indexOf('^^^')).toBe(lines[1]?.indexOf('BAD'))
})
