import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { findDiscrepancies } from './conservation.ts'
import { LatencyHistogram } from './latency-histogram.ts'
import { Recorder } from './recorder.ts'
import { selectExchanges, selectStations } from './selection.ts'
import { histogramBetween, moved, snapshotBetween } from './snapshot-difference.ts'

function recorded(...latencies: number[]): LatencyHistogram {
  const histogram = new LatencyHistogram()
  for (const latency of latencies) histogram.record(latency)
  return histogram
}

/** A recorder in warm-up that can be fed exchanges of one action. */
function recording() {
  const recorder = new Recorder(0)
  recorder.enter('warmup', 0)
  const stats = recorder.exchanges('city', 'ocpp1.6', 'Heartbeat')
  const stations = recorder.stations('city', 'ocpp1.6')
  let now = 0
  const exchange = (kind: 'result' | 'timeout', response: number) => {
    now += 1000
    recorder.exchangeStarted(stats)
    recorder.messageSent(stations)
    recorder.exchangeSettled(stats, kind, now, now + 10, now + 20, now + response)
  }
  return { recorder, exchange }
}

describe('histogramBetween', () => {
  test('holds what was recorded in between, and the two parts add up to the whole', () => {
    const latencies = fc.array(fc.integer({ min: 0, max: 1_000_000 }))
    fc.assert(
      fc.property(latencies, latencies, (before, since) => {
        const earlier = recorded(...before)
        const later = recorded(...before, ...since)
        const between = LatencyHistogram.decode(histogramBetween(earlier.encode(), later.encode()))
        const expected = recorded(...since)
        expect(between.encode().counts).toEqual(expected.encode().counts)
        expect(between.encode().sum).toBe(expected.encode().sum)
        expect(between.count).toBe(since.length)
        for (const extreme of ['min', 'max'] as const) {
          const [found = 0, exact = 0] = [between[extreme], expected[extreme]]
          expect(Math.abs(found - exact)).toBeLessThanOrEqual(exact * 0.01)
          expect(Number.isInteger(found)).toBe(true)
        }
      }),
    )
  })

  test('a record that falls in between is told exactly', () => {
    const earlier = recorded(1000, 2000)
    const later = recorded(1000, 2000, 777, 9_999_999)
    expect(histogramBetween(earlier.encode(), later.encode())).toMatchObject({
      min: 777,
      max: 9_999_999,
    })
  })
})

describe('snapshotBetween', () => {
  test('counts and times what ended between two snapshots', () => {
    const { recorder, exchange } = recording()
    exchange('result', 500)
    const earlier = recorder.snapshot()
    exchange('result', 700)
    exchange('timeout', 30_000)
    const between = snapshotBetween(earlier, recorder.snapshot())
    const window = selectExchanges(between, {}, ['warmup'])
    expect([window.completed, window.timeouts, window.achieved]).toEqual([1, 1, 1])
    expect([window.response.max, window.failed.max]).toEqual([700, 30_000])
    expect(selectStations(between, {}, ['warmup']).messagesSent).toBe(2)
    expect(findDiscrepancies(between)).toEqual([])
  })

  test('an action that was not there before counts whole', () => {
    const { recorder, exchange } = recording()
    const earlier = recorder.snapshot()
    exchange('result', 500)
    const between = snapshotBetween({ ...earlier, exchanges: [] }, recorder.snapshot())
    expect(selectExchanges(between, {}, ['warmup']).completed).toBe(1)
  })
})

describe('moved', () => {
  test('tells a part of one phase as another, and loses nothing', () => {
    const { recorder, exchange } = recording()
    exchange('result', 500)
    const from = recorder.snapshot()
    exchange('result', 700)
    const to = recorder.snapshot()
    exchange('timeout', 900)
    const all = moved(recorder.snapshot(), snapshotBetween(from, to), 'warmup', 'steady')
    const steady = selectExchanges(all, {}, ['steady'])
    const warmup = selectExchanges(all, {}, ['warmup'])
    expect([steady.completed, steady.response.max]).toEqual([1, 700])
    expect([warmup.completed, warmup.timeouts]).toEqual([1, 1])
    expect(selectStations(all, {}, ['steady']).messagesSent).toBe(1)
    expect(findDiscrepancies(all)).toEqual([])
  })
})
