import { describe, expect, test } from 'vitest'
import { judgeFailOn, parseFailOn } from './fail-on.ts'
import type { MetricChange } from './judge-change.ts'
import { showWhole } from './show-change.ts'

describe('parseFailOn', () => {
  test.each([
    ['p99>+10%', { metric: 'p99', operator: '>', amount: 0.1, measure: 'part' }],
    ['rate < -5%', { metric: 'rate', operator: '<', amount: -0.05, measure: 'part' }],
    ['p99.9>+5ms', { metric: 'p99.9', operator: '>', amount: 5, measure: 'ms' }],
    ['service.p95 > + 1.5s', { metric: 'service.p95', operator: '>', amount: 1500, measure: 'ms' }],
    ['rate<-100/s', { metric: 'rate', operator: '<', amount: -100, measure: '/s' }],
    ['errors>+0.001', { metric: 'errors', operator: '>', amount: 0.001, measure: 'share' }],
    [
      'p50{action: Heartbeat}>+10%',
      { metric: 'p50{action:Heartbeat}', operator: '>', amount: 0.1, measure: 'part' },
    ],
  ])('reads %s', (text, expected) => {
    expect(parseFailOn(text)).toMatchObject({ text, ...expected })
  })

  test('reads "worse"', () => {
    expect(parseFailOn('worse')).toMatchObject({ text: 'worse' })
    expect(parseFailOn('worse')).not.toHaveProperty('metric')
  })

  test.each([
    ['p98>+10%', 'p98', /did you mean p9/],
    ['>+10%', '>', /a metric is missing/],
    ['p99+10%', '+', /here belongs > or </],
    ['p99>=+10%', '>', /here belongs > or </],
    ['p99>10%', '10%', /with its sign/],
    ['p99>+', '', /a number is missing/],
    ['p99>+10/s', '/s', /a time changes by/],
    ['rate<-10ms', 'ms', /a rate changes by/],
    ['errors>+1ms', 'ms', /errors change by/],
    ['p99>+10% or so', '% or so', /a time changes by/],
    ['rate{action:Reset}>+1%', 'rate{action:Reset}', /by action there are/],
    ['p99{fleet:x}>+1%', 'p99{fleet:x}', /the tag is of the form/],
    ['', '', /a metric is missing/],
  ])('%j points at %j', (text, culprit, message) => {
    const read = parseFailOn(text)
    if (!('error' in read)) throw new Error('it was taken')
    expect(read.error.message).toMatch(message)
    expect(text.slice(read.error.offset, read.error.offset + culprit.length)).toBe(culprit)
    expect(read.error.length).toBeGreaterThan(0)
  })
})

describe('judgeFailOn', () => {
  const change = (changes: Partial<MetricChange>): MetricChange => ({
    metric: 'p99',
    unit: 'ms',
    before: 10,
    after: 12,
    change: 0.2,
    noise: 0.05,
    verdict: 'worse',
    ...changes,
  })
  const judge = (text: string, ...changes: readonly MetricChange[]) => {
    const condition = parseFailOn(text)
    if ('error' in condition) throw new Error(condition.error.message)
    return judgeFailOn(condition, changes, showWhole)
  }

  test('fails where the change is larger, holds where it is not', () => {
    expect(judge('p99>+10%', change({}))).toEqual({
      condition: 'p99>+10%',
      pass: false,
      actual: '10.0 ms → 12.0 ms, +20 % (noise ±5.0 %)',
    })
    expect(judge('p99>+25%', change({})).pass).toBe(true)
    expect(judge('p99>+1ms', change({})).pass).toBe(false)
    expect(judge('p99>+3ms', change({})).pass).toBe(true)
    expect(judge('p99<-10%', change({})).pass).toBe(true)
  })

  test('noise excuses a change that it explains, but not when there is too much of it', () => {
    expect(judge('p99>+10%', change({ noise: 0.3, verdict: 'same' }))).toMatchObject({
      pass: true,
      actual: expect.stringMatching(/within the noise$/),
    })
    expect(judge('p99>+10%', change({ noise: 0.9, verdict: 'cannot tell' })).pass).toBe(false)
    expect(judge('p99>+10%', change({ noise: null, verdict: 'cannot tell' })).pass).toBe(false)
  })

  test('what was not measured fails', () => {
    expect(judge('p95>+10%', change({})).pass).toBe(false)
    expect(judge('p99>+10%', change({ after: null, change: null })).pass).toBe(false)
  })

  test('errors change by a share, or by a part of what there were before', () => {
    const errors = change({ metric: 'errors', unit: 'share', before: 0, after: 0.01, change: 0.01 })
    expect(judge('errors>+0.001', errors).pass).toBe(false)
    expect(judge('errors>+0.02', errors).pass).toBe(true)
    expect(judge('errors>+10%', errors).pass).toBe(false)
    expect(judge('errors>+10%', { ...errors, after: 0, change: 0 }).pass).toBe(true)
  })

  test('"worse" fails with every metric that is worse', () => {
    const better = change({ metric: 'p50', verdict: 'better' })
    expect(judge('worse', change({}), better)).toMatchObject({ pass: false, actual: 'p99' })
    expect(judge('worse', better).pass).toBe(true)
  })
})
