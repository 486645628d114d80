import { describe, expect, test } from 'vitest'
import type { ThresholdReport } from '../result.ts'
import { marginOf } from './margin.ts'

function threshold(expression: string, actual: number | null): ThresholdReport {
  const metric = 'ocpp_response_time'
  return { metric, expression, during: 'steady', actual, unit: 'ms', pass: true }
}

describe('marginOf', () => {
  test.each([
    ['p(95)<50', 12.5, '75 % below', 0.25],
    ['p(99)<=200', 300, '50 % above', 1.5],
    ['rate<0.001', 0.0005, '50 % below', 0.5],
    ['rate<0.001', 0.2, '200 times the limit', 200],
    ['p(95)<50', 50, 'at the limit', 1],
    ['count==0', 0, 'exactly', null],
    ['count==0', 3, '3.00 above', null],
    ['rate>100', 150, '50 % above', null],
  ])('%s with %d is %s', (expression, actual, text, used) => {
    const margin = marginOf(threshold(expression, actual))
    expect(margin.text).toBe(text)
    if (used === null) expect(margin.used).toBeNull()
    else expect(margin.used).toBeCloseTo(used)
  })

  test('nothing measured has no margin', () => {
    expect(marginOf(threshold('p(95)<50', null))).toEqual({ text: '–', used: null })
  })
})
