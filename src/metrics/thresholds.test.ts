import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { metricSpec, thresholdMetricNames } from './threshold-metrics.ts'
import { parseThreshold, type ThresholdError, type ThresholdOptions } from './thresholds.ts'

function errorOf(selector: string, expression: string, options?: ThresholdOptions): ThresholdError {
  const parsed = parseThreshold(selector, expression, options)
  if (!('error' in parsed)) throw new Error(`${selector} ${expression} was taken`)
  return parsed.error
}

describe('parseThreshold', () => {
  test("reads k6's grammar", () => {
    expect(parseThreshold('ocpp_response_time', 'p(95)<200')).toEqual({
      selector: 'ocpp_response_time',
      expression: 'p(95)<200',
      metric: 'ocpp_response_time',
      selection: {},
      aggregate: 'p',
      percent: 95,
      operator: '<',
      bound: 200,
      abortOnFail: false,
      delayAbortEvalMs: 0,
    })
    expect(parseThreshold('ocpp_errors', ' rate <= 0.001 ')).toMatchObject({
      expression: 'rate <= 0.001',
      aggregate: 'rate',
      operator: '<=',
      bound: 0.001,
    })
  })

  test('reads tags, spaces between them or not', () => {
    const selector = 'ocpp_response_time{action:MeterValues, version:ocpp1.6,phase:ramp}'
    expect(parseThreshold(selector, 'avg<5')).toMatchObject({
      selector,
      selection: { action: 'MeterValues', version: 'ocpp1.6' },
      during: 'ramp',
    })
    expect(parseThreshold('ocpp_dropped{}', 'count==0')).toMatchObject({ selection: {} })
  })

  test('takes every aggregate that a metric has, with every operator', () => {
    for (const metric of thresholdMetricNames) {
      for (const aggregate of metricSpec(metric).aggregates) {
        for (const operator of ['<', '<=', '>', '>=', '==', '===', '!=']) {
          const name = aggregate === 'p' ? 'p(99.9)' : aggregate
          expect(parseThreshold(metric, `${name}${operator}1.5`)).toMatchObject({
            metric,
            aggregate,
            operator,
            bound: 1.5,
          })
        }
      }
    }
  })

  test('takes over what stands beside the expression', () => {
    const options = { abortOnFail: true, delayAbortEvalMs: 10_000, during: 'run' }
    expect(parseThreshold('ocpp_errors', 'count<10', options)).toMatchObject(options)
  })

  test('names the metric, tag, aggregate or window that was meant, and where it stands', () => {
    expect(errorOf('ocpp_respone_time', 'p(95)<1')).toEqual({
      message: 'Unknown metric "ocpp_respone_time"',
      part: 'selector',
      offset: 0,
      length: 17,
      near: 'ocpp_response_time',
    })
    expect(errorOf('ocpp_errors{acton:Reset}', 'rate<1')).toMatchObject({
      part: 'selector',
      offset: 12,
      length: 5,
      near: 'action',
    })
    expect(errorOf('ocpp_errors{phase:stedy}', 'rate<1')).toMatchObject({ near: 'steady' })
    expect(errorOf('ocpp_response_time', 'agv<1')).toMatchObject({
      part: 'expression',
      offset: 0,
      near: 'avg',
    })
    expect(errorOf('ocpp_errors', 'rate<1', { during: 'stready' })).toMatchObject({
      part: 'during',
      near: 'steady',
    })
  })

  test.each([
    ['ocpp_response_time', 'p(95)'],
    ['ocpp_response_time', 'p(95)<'],
    ['ocpp_response_time', 'p<200'],
    ['ocpp_response_time', 'p(0)<200'],
    ['ocpp_response_time', 'p(101)<200'],
    ['ocpp_response_time', 'p(x)<200'],
    ['ocpp_response_time', 'avg(5)<200'],
    ['ocpp_response_time', 'avg<200ms'],
    ['ocpp_response_time', 'rate<1'],
    ['ocpp_errors', 'p(95)<1'],
    ['ocpp_errors', 'rate=<1'],
    ['ocpp_boot_time{action:Reset}', 'avg<1'],
    ['ocpp_errors{action}', 'rate<1'],
    ['ocpp_errors{action:}', 'rate<1'],
    ['ocpp_errors{action:A,action:B}', 'rate<1'],
    ['ocpp_errors{action:A,}', 'rate<1'],
    ['ocpp_errors{action:A', 'rate<1'],
    ['', 'rate<1'],
  ])('refuses %s %s with a sentence', (selector, expression) => {
    expect(errorOf(selector, expression).message).not.toBe('')
  })

  test('refuses a tag and a window that contradict each other', () => {
    expect(errorOf('ocpp_errors{phase:ramp}', 'rate<1', { during: 'steady' }).part).toBe('during')
    const same = parseThreshold('ocpp_errors{phase:ramp}', 'rate<1', { during: 'ramp' })
    expect(same).toMatchObject({ during: 'ramp' })
  })

  test('never throws, and what it points at lies within the text', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (selector, expression) => {
        for (const metric of [selector, `ocpp_errors{${selector}}`, 'ocpp_errors']) {
          const parsed = parseThreshold(metric, expression)
          if (!('error' in parsed)) continue
          const { part, offset, length } = parsed.error
          const text = part === 'selector' ? metric : expression
          expect(offset + length).toBeLessThanOrEqual(text.length)
        }
      }),
    )
  })
})
