import { describe, expect, test } from 'vitest'
import { LatencyHistogram } from '../metrics/latency-histogram.ts'
import { loadScenario } from '../simulator/scenario/load-scenario.ts'
import type { EventReport } from '../simulator/workers/event-report.ts'
import { TimelineLog } from './timeline-log.ts'

const text = `name: t
startsAt: 18:00
timeline:
  - { at: 18:20, fleet: a, do: powerLoss, for: 25min }
  - { at: 90min, count: 1, do: stop }
fleets: [{name: a, count: 6, script: [boot]}, {name: b, count: 3, script: [boot]}]`

function logOf(workers: number, file = text) {
  const loaded = loadScenario({ file: 't', text: file })
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  const notes: string[] = []
  const log = new TimelineLog(loaded.plan, workers, 1000, (sentence) => notes.push(sentence))
  return { log, notes }
}

function report(more: Partial<EventReport>, backMs: readonly number[] = []): EventReport {
  const back = new LatencyHistogram()
  for (const ms of backMs) back.record(ms * 1000)
  return {
    event: 0,
    beganEpochMs: 3000,
    returningEpochMs: null,
    lastBackEpochMs: null,
    over: false,
    stations: 3,
    undone: {},
    returned: backMs.length,
    brokenOff: 0,
    back: back.encode(),
    ...more,
  }
}

describe('TimelineLog', () => {
  test('an event is told once, however many workers tell of it', () => {
    const { log, notes } = logOf(2)
    log.heard(0, report({}))
    log.heard(1, report({ beganEpochMs: 3010 }))
    expect(notes).toEqual(['18:20 powerLoss, a, for 25min: 6 stations.'])
    expect(log.marks()).toEqual([
      {
        atSecond: 2,
        label: '18:20 powerLoss, a, for 25min: 6 stations',
        stations: 6,
        undone: {},
        brokenOff: 0,
      },
    ])
  })

  test('what the workers tell adds up when all have told that it is over', () => {
    const { log, notes } = logOf(2)
    log.heard(0, report({}))
    log.heard(1, report({}))
    notes.length = 0
    const first = { returningEpochMs: 5000, lastBackEpochMs: 5400, over: true, brokenOff: 2 }
    log.heard(0, report(first, [100, 200, 400]))
    expect(notes).toEqual(['18:45 powerUp, after 18:20 powerLoss.'])
    const second = { ...first, lastBackEpochMs: 7500, brokenOff: 1 }
    log.heard(1, report(second, [100, 300, 2500]))
    expect(notes.slice(1)).toEqual([
      'After 18:20 powerLoss: all 6 stations accepted again after 2.5 s.',
      '18:20 powerLoss broke off 3 sessions.',
    ])
    expect(log.marks()).toMatchObject([
      { atSecond: 2, brokenOff: 3 },
      { atSecond: 4, stations: 6, allBackSeconds: 2.5, backMs: { count: 6, min: 100, max: 2500 } },
    ])
  })

  test('where some do not come back it says how many did', () => {
    const { log, notes } = logOf(1)
    const gone = { undone: { 'the station has power already': 2 }, over: true }
    log.heard(0, report({ ...gone, returningEpochMs: 5000, lastBackEpochMs: 5100 }, [50, 100]))
    expect(notes).toContain('After 18:20 powerLoss: 2 of 6 stations came back.')
    expect(notes).toContain(
      '18:20 powerLoss did nothing on 2 stations: the station has power already.',
    )
    expect(log.marks()[1]).toMatchObject({ allBackSeconds: null })
  })

  test('two events of one instant and kind keep what tells them apart', () => {
    const second = '  - { at: 18:20, fleet: b, do: powerLoss, for: 25min }\n  - { at: 90min'
    const { log, notes } = logOf(1, text.replace('  - { at: 90min', second))
    const over = { over: true, returningEpochMs: 5000, lastBackEpochMs: 5100 }
    log.heard(0, report({ ...over, event: 1, stations: 3 }, [50, 60, 70]))
    expect(notes.slice(1)).toEqual([
      '18:45 powerUp, after 18:20 powerLoss, b, for 25min.',
      'After 18:20 powerLoss, b, for 25min: all 3 stations accepted again after 100 ms.',
    ])
  })

  test('an event that did not come leaves no mark; one without an end has only one', () => {
    const { log, notes } = logOf(1)
    log.heard(0, report({ event: 1, stations: 1, over: true, beganEpochMs: 9000 }))
    expect(notes).toEqual(['90min stop, 1 station.'])
    expect(log.marks()).toMatchObject([{ atSecond: 8, label: '90min stop, 1 station' }])
    expect(log.marks()).toHaveLength(1)
  })
})
