import { describe, expect, test } from 'vitest'
import { headlinePhases } from './phase.ts'
import { type OutcomeKind, Recorder } from './recorder.ts'
import {
  evaluateThreshold,
  type Measured,
  thresholdToAbort,
  tightestP99Ms,
} from './threshold-results.ts'
import { parseThreshold, type ThresholdOptions, type ThresholdPlan } from './thresholds.ts'

const second = 1_000_000
const windows = { ramp: 10, warmup: 0, steady: 60, drain: 5 }

function plan(selector: string, expression: string, options: ThresholdOptions = {}): ThresholdPlan {
  const parsed = parseThreshold(selector, expression, options)
  if ('error' in parsed) throw new Error(parsed.error.message)
  return parsed
}

/** Ramp: one slow Authorize. Steady: 99 Heartbeats of 10 ms and one timeout after 3 s. */
function measured(more: readonly OutcomeKind[] = []): Measured {
  const recorder = new Recorder(0)
  const stations = recorder.stations('street', 'ocpp1.6')
  const exchange = (action: string, kind: OutcomeKind, at: number, took: number): void => {
    const stats = recorder.exchanges('street', 'ocpp1.6', action)
    recorder.exchangeStarted(stats)
    recorder.messageSent(stations)
    recorder.exchangeSettled(stats, kind, at, at + 500, at + 500, at + took)
  }
  recorder.connected(stations, 4_000, false)
  recorder.bootAccepted(stations, 6_000, false, 0)
  exchange('Authorize', 'result', 1, second)
  recorder.enter('steady', 10 * second)
  for (let at = 0; at < 99; at += 1) exchange('Heartbeat', 'result', 11 * second, 10_000)
  exchange('Heartbeat', 'timeout', 11 * second, 3 * second)
  for (const kind of more) exchange('Authorize', kind, 11 * second, 1000)
  recorder.exchangeDropped(
    recorder.exchanges('street', 'ocpp1.6', 'Heartbeat'),
    12 * second,
    12 * second,
  )
  const reset = recorder.commands('street', 'ocpp1.6', 'Reset')
  recorder.commandAnswered(reset, 12 * second, 12 * second + 7_000)
  recorder.commandFailed(recorder.commands('street', 'ocpp1.6', 'ClearCache'))
  return { snapshot: recorder.snapshot(), windows, headline: headlinePhases(windows) }
}

function actual(selector: string, expression: string, options?: ThresholdOptions): number | null {
  return evaluateThreshold(plan(selector, expression, options), measured()).actual
}

describe('evaluateThreshold', () => {
  test('covers steady, another window where the tag or `during` says so', () => {
    expect(actual('ocpp_exchanges', 'count>0')).toBe(99)
    expect(actual('ocpp_exchanges{phase:ramp}', 'count>0')).toBe(1)
    expect(actual('ocpp_exchanges', 'count>0', { during: 'run' })).toBe(100)
  })

  test('covers a part of steady by what ended in it, and says which', () => {
    const during = { fromMs: 5000, toMs: 15_000 }
    const { snapshot } = measured()
    const within = () => ({ counted: snapshot, seconds: 10 })
    const rate = plan('ocpp_exchanges', 'rate>9', { during })
    expect(evaluateThreshold(rate, { ...measured(), within })).toMatchObject({
      during: '5s-15s',
      actual: 10,
      pass: true,
    })
  })

  test('a part of steady that never came fails, and aborts nothing', () => {
    const during = { fromMs: 5000, toMs: 15_000 }
    const rate = plan('ocpp_exchanges', 'rate>9', { during, abortOnFail: true })
    expect(evaluateThreshold(rate, measured())).toMatchObject({ pass: false, note: 'no samples' })
    expect(thresholdToAbort([rate], measured(), 60_000)).toBeUndefined()
  })

  test('covers the whole run where there is no steady', () => {
    const { snapshot } = measured()
    const without = { ramp: 70, warmup: 0, steady: 0, drain: 5 }
    const whole = { snapshot, windows: without, headline: headlinePhases(without) }
    const result = evaluateThreshold(plan('ocpp_exchanges', 'count>0'), whole)
    expect(result).toMatchObject({ actual: 100, during: 'run' })
  })

  test('a timeout counts into the response time at its age, not into the service time', () => {
    expect(actual('ocpp_response_time', 'max<1')).toBe(3_000)
    expect(actual('ocpp_service_time', 'max<1')).toBe(9.5)
    expect(actual('ocpp_response_time', 'med<1')).toBeCloseTo(10, 0)
    expect(actual('ocpp_response_time', 'min<1')).toBe(10)
    expect(actual('ocpp_response_time', 'avg<1')).toBe(39.9)
    expect(actual('ocpp_response_time', 'count>1')).toBe(100)
  })

  test('percentiles are judged however few samples there are', () => {
    expect(actual('ocpp_response_time', 'p(99.9)<1')).toBe(3_000)
  })

  test('the rate of errors is a share, that of counts is per second', () => {
    expect(actual('ocpp_errors', 'rate<1')).toBe(0.01)
    expect(actual('ocpp_errors', 'count<1')).toBe(1)
    expect(actual('ocpp_exchanges', 'rate>1')).toBe(99 / 60)
    expect(actual('ocpp_messages', 'rate>1')).toBe(100 / 60)
    expect(actual('ocpp_dropped', 'count<1')).toBe(1)
  })

  test('what a broken connection took is an error, but not one of an answer', () => {
    const broken = measured(['lost', 'lost', 'unsent', 'error', 'invalid'])
    const judged = (metric: string) => evaluateThreshold(plan(metric, 'count==0'), broken).actual
    expect(judged('ocpp_errors')).toBe(6)
    expect(judged('ocpp_answer_errors')).toBe(3)
    expect(actual('ocpp_answer_errors', 'rate<1')).toBe(0.01)
  })

  test('tags select', () => {
    expect(actual('ocpp_exchanges{action:Authorize}', 'count>0', { during: 'run' })).toBe(1)
    expect(actual('ocpp_exchanges{fleet:depot}', 'count>0')).toBe(0)
    expect(actual('ocpp_exchanges{version:ocpp2.0.1}', 'count>0')).toBe(0)
    expect(actual('ocpp_messages{action:Heartbeat}', 'count>0')).toBe(199)
  })

  test('times of lag, gate, command, connect and boot each have their metric', () => {
    expect(actual('ocpp_start_lag', 'max<1')).toBe(0.5)
    expect(actual('ocpp_gate_wait', 'max<1')).toBe(0)
    expect(actual('ocpp_command_time{action:Reset}', 'max<1')).toBe(7)
    expect(actual('ocpp_command_errors', 'rate<0.1')).toBe(0.5)
    expect(actual('ocpp_command_errors{action:Reset}', 'rate<0.1')).toBe(0)
    expect(actual('ocpp_connect_time', 'max<1')).toBe(4)
    expect(actual('ocpp_boot_time', 'max<1')).toBe(6)
  })

  test('passes and fails by its operator', () => {
    for (const [expression, pass] of [
      ['count<100', false],
      ['count<=100', true],
      ['count>100', false],
      ['count>=100', true],
      ['count==100', true],
      ['count===100', true],
      ['count!=100', false],
    ] as const) {
      const result = evaluateThreshold(plan('ocpp_response_time', expression), measured())
      expect(result.pass, expression).toBe(pass)
    }
  })

  test('nothing measured fails with "no samples", but a count of nothing is 0', () => {
    const nobody = 'ocpp_response_time{fleet:nobody}'
    expect(evaluateThreshold(plan(nobody, 'p(95)<200'), measured())).toMatchObject({
      actual: null,
      pass: false,
      note: 'no samples',
    })
    const noErrors = plan('ocpp_errors{fleet:nobody}', 'rate<0.1')
    expect(evaluateThreshold(noErrors, measured())).toMatchObject({ actual: null, pass: false })
    const dropped = plan('ocpp_dropped{fleet:nobody}', 'count==0')
    expect(evaluateThreshold(dropped, measured())).toMatchObject({ actual: 0, pass: true })
  })
})

describe('thresholdToAbort', () => {
  const failing = { abortOnFail: true, delayAbortEvalMs: 5_000 }

  test('is the first abortOnFail threshold that fails, once its delay is over', () => {
    const plans = [
      plan('ocpp_response_time', 'max<1'),
      plan('ocpp_errors', 'rate<0.9', failing),
      plan('ocpp_errors', 'rate<0.001', failing),
    ]
    expect(thresholdToAbort(plans, measured(), 4_999)).toBeUndefined()
    expect(thresholdToAbort(plans, measured(), 5_000)?.expression).toBe('rate<0.001')
  })

  test('a count does not abort before its window has begun', () => {
    const plans = [plan('ocpp_exchanges', 'count>1000000', failing)]
    const windows = { ...measured().windows, steady: 0 }
    expect(thresholdToAbort(plans, { ...measured(), windows }, 60_000)).toBeUndefined()
    expect(thresholdToAbort(plans, measured(), 60_000)).toMatchObject({ pass: false })
  })

  test('what has no samples yet does not abort', () => {
    const plans = [plan('ocpp_response_time{phase:drain}', 'p(95)<1', failing)]
    expect(thresholdToAbort(plans, measured(), 60_000)).toBeUndefined()
  })
})

test('the tightest p99 threshold is the smallest upper bound on p(99) of response time', () => {
  expect(tightestP99Ms([plan('ocpp_response_time', 'p(95)<5')])).toBeNull()
  expect(
    tightestP99Ms([
      plan('ocpp_response_time', 'p(99)<500'),
      plan('ocpp_response_time{action:Reset}', 'p(99)<=300'),
      plan('ocpp_response_time', 'p(99)>1'),
      plan('ocpp_service_time', 'p(99)<2'),
    ]),
  ).toBe(300)
})
