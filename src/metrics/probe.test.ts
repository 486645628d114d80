import { describe, expect, test } from 'vitest'
import { isHopeless, judgeProbe, type ProbeFacts } from './probe.ts'
import { Recorder } from './recorder.ts'
import { parseThreshold, type ThresholdPlan } from './thresholds.ts'

function threshold(selector: string, expression: string, during?: string): ThresholdPlan {
  const parsed = parseThreshold(selector, expression, during === undefined ? {} : { during })
  if ('error' in parsed) throw new Error(parsed.error.message)
  return parsed
}

interface Given extends Partial<Omit<ProbeFacts, 'counted'>> {
  /** Answered within the measured 10 s. */
  readonly answered?: number
  readonly timeouts?: number
  readonly responseMs?: number
  readonly lagMs?: number
}

/** 1,000/s over 10 s, where nothing else is said. */
function judged(given: Given = {}) {
  const { answered = 10_000, timeouts = 0, responseMs = 2, lagMs = 0.4, ...facts } = given
  const recorder = new Recorder(0)
  recorder.enter('warmup', 0)
  const stats = recorder.exchanges('city', 'ocpp1.6', 'Heartbeat')
  for (let i = 0; i < answered + timeouts; i += 1) {
    const intended = i * 1000
    const fired = intended + lagMs * 1000
    const kind = i < answered ? 'result' : 'timeout'
    recorder.exchangeStarted(stats)
    recorder.exchangeSettled(stats, kind, intended, fired, fired, intended + responseMs * 1000)
  }
  return judgeProbe({
    offeredPerSecond: 1000,
    confirming: false,
    seconds: 10,
    counted: recorder.snapshot(),
    backlog: [2, 1, 3, 2, 2, 3, 2, 1],
    health: Array.from({ length: 9 }, (_, second) => {
      return { worker: 'worker 1', second, cpuShare: 0.4 }
    }),
    localSocketErrors: {},
    thresholds: [],
    ...facts,
  })
}

const full = Array.from({ length: 9 }, (_, second) => {
  return { worker: 'worker 1', second, cpuShare: 0.97 }
})

describe('judgeProbe', () => {
  test('a rate that is answered in time holds, and is told in numbers', () => {
    const { result, limitedBy } = judged()
    expect(limitedBy).toBeNull()
    expect(result).toMatchObject({
      offeredPerSecond: 1000,
      achievedPerSecond: 1000,
      errors: 0,
      backlogSlope: 0,
      cpu: 0.4,
      verdict: 'held',
      reasons: [],
    })
    expect(result.p99).toBeCloseTo(2, 1)
    expect(result.generatorLagP99).toBeCloseTo(0.4, 1)
  })

  test('the target is the limit where answers fall behind, whatever else breaks with it', () => {
    const thresholds = [threshold('ocpp_response_time', 'p(99)<1')]
    const backlog = [10, 200, 400, 600, 800, 1000, 1200, 1400]
    const { result, limitedBy } = judged({ answered: 9_000, backlog, thresholds })
    expect(limitedBy).toBe('target')
    expect(result.verdict).toBe('broke')
    expect(result.backlogSlope).toBeGreaterThan(100)
    expect(result.reasons[0]).toBe('90.0 % of what was offered was achieved, not 99 %')
    expect(result.reasons.at(-1)).toContain('p(99)<1 failed')
  })

  test('errors count against the target', () => {
    const { result, limitedBy } = judged({ answered: 9_985, timeouts: 15 })
    expect(limitedBy).toBe('target')
    expect(result.errors).toBeCloseTo(0.0015, 5)
    expect(result.reasons).toEqual(['0.150 % ended in errors, not below 0.1 %'])
  })

  test('a threshold is the limit where it alone fails', () => {
    const thresholds = [threshold('ocpp_response_time', 'p(99)<50')]
    const { result, limitedBy } = judged({ responseMs: 80, thresholds })
    expect(limitedBy).toBe('threshold')
    expect(result.reasons[0]).toMatch(/^ocpp_response_time p\(99\)<50 failed: (79|80)\.\d ms$/)
  })

  test('a rate of a threshold is one per second of the measured window', () => {
    const held = judged({ thresholds: [threshold('ocpp_exchanges', 'rate>999')] })
    expect(held.limitedBy).toBeNull()
    const broke = judged({ thresholds: [threshold('ocpp_exchanges', 'rate>1001')] })
    expect(broke.result.reasons).toEqual(['ocpp_exchanges rate>1001 failed: 1000'])
  })

  test.each([
    ['late timers', { lagMs: 40, responseMs: 60 }],
    ['a full core', { health: full }],
    ['sockets that this machine refused', { localSocketErrors: { EMFILE: 3 } }],
  ])('%s make the generator the limit: nothing is said of the target', (_what, given) => {
    expect(judged(given).limitedBy).toBe('generator')
    expect(judged({ ...given, answered: 9_000 }).limitedBy).toBe('generator')
  })

  test('what has no samples, happens once, or names another window is no limit of a probe', () => {
    const thresholds = [
      threshold('ocpp_response_time{action:Authorize}', 'p(99)<50'),
      threshold('ocpp_boot_time', 'p(99)<0'),
      threshold('ocpp_response_time', 'p(99)<1', 'drain'),
    ]
    expect(judged({ thresholds }).limitedBy).toBeNull()
    expect(
      judged({ thresholds: [threshold('ocpp_response_time', 'p(99)<1', 'steady')] }),
    ).toMatchObject({ limitedBy: 'threshold' })
  })
})

describe('isHopeless', () => {
  /** 10,000 CALLs so far, so many of them late by 300 ms. */
  function counted(late: number) {
    const recorder = new Recorder(0)
    recorder.enter('warmup', 0)
    const stats = recorder.exchanges('city', 'ocpp1.6', 'Heartbeat')
    for (let i = 0; i < 10_000; i += 1) {
      const intended = i * 1000
      const fired = intended + (i < late ? 300_000 : 400)
      recorder.exchangeStarted(stats)
      recorder.exchangeSettled(stats, 'result', intended, fired, fired, fired + 2000)
    }
    return recorder.snapshot()
  }

  test('not while those to come can still make up for what was late so far', () => {
    expect(isHopeless(counted(450), [], 0.2)).toBe(false)
    expect(isHopeless(counted(150), [], 0.5)).toBe(false)
  })

  test('where more were late than one in a hundred of all that will be due', () => {
    expect(isHopeless(counted(550), [], 0.2)).toBe(true)
    expect(isHopeless(counted(250), [], 0.5)).toBe(true)
  })

  test('where a threshold on a percentile has no chance any more', () => {
    const p95 = [threshold('ocpp_response_time', 'p(95)<50')]
    expect(isHopeless(counted(4000), [threshold('ocpp_response_time', 'p(50)<50')], 0.9)).toBe(true)
    expect(isHopeless(counted(40), p95, 0.9)).toBe(false)
  })
})
