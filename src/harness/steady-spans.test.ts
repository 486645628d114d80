import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { Recorder } from '../metrics/recorder.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import { parseThreshold } from '../metrics/thresholds.ts'
import { epochNow } from '../platform/shared-instants.ts'
import { SteadySpans } from './steady-spans.ts'
import { within } from './timeline.ts'

const span = { fromMs: 2000, toMs: 5000 }

beforeEach(() => {
  vi.useFakeTimers()
})
afterEach(() => {
  vi.useRealTimers()
})

/** One worker in whose recorder an exchange ends every 100 ms. */
function setUp(dies = false) {
  const recorder = new Recorder(0)
  const stats = recorder.exchanges('city', 'ocpp1.6', 'Heartbeat')
  const timer = setInterval(() => {
    recorder.exchangeStarted(stats)
    recorder.exchangeSettled(stats, 'result', 0, 0, 0, 1000)
  }, 100)
  const ended = new Promise<void>((resolve) => {
    if (dies) setTimeout(resolve, 1000)
  })
  const pool = {
    mark: async (atEpochMs: number): Promise<(Snapshot | undefined)[]> => {
      const died = await within(atEpochMs - epochNow(), ended)
      return [died ? undefined : recorder.snapshot()]
    },
  }
  const tally = {
    marked: ([snapshot]: readonly (Snapshot | undefined)[]) => snapshot ?? recorder.snapshot(),
    snapshot: () => recorder.snapshot(),
  }
  const parsed = parseThreshold('ocpp_exchanges', 'count>1', { during: span })
  if ('error' in parsed) throw new Error(parsed.error.message)
  const spans = new SteadySpans([parsed], pool, tally)
  spans.begin(epochNow())
  return { spans, stop: () => clearInterval(timer) }
}

const countOf = (counted: Snapshot) => counted.exchanges[0]?.windows.ramp?.completed ?? 0

describe('SteadySpans', () => {
  test('a part of steady holds what ended between its two ends', async () => {
    const { spans, stop } = setUp()
    await vi.advanceTimersByTimeAsync(9000)
    const [facts] = spans.facts()
    expect(facts).toMatchObject({ ...span, seconds: 3 })
    expect(facts && countOf(facts.counted)).toBeCloseTo(30, -1)
    expect(spans.facts().length).toBe(1)
    stop()
  })

  test('while it goes on it holds what ended so far, and no report may judge it', async () => {
    const { spans, stop } = setUp()
    await vi.advanceTimersByTimeAsync(1900)
    expect(spans.within(span)).toBeUndefined()
    await vi.advanceTimersByTimeAsync(1100)
    expect(spans.within(span)?.seconds).toBeCloseTo(1, 1)
    expect(spans.facts()).toEqual([])
    stop()
  })

  test('a run that ends before it leaves it unjudged', async () => {
    const { spans, stop } = setUp(true)
    await vi.advanceTimersByTimeAsync(1500)
    expect(spans.within(span)).toBeUndefined()
    expect(spans.facts()).toEqual([])
    stop()
  })
})
