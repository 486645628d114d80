import { describe, expect, test } from 'vitest'
import { mergeSnapshots } from './merge-snapshots.ts'
import { phases } from './phase.ts'
import { Recorder } from './recorder.ts'
import { selectArrivals } from './selection.ts'

function recorded(fleet: string): Recorder {
  const recorder = new Recorder(0)
  const sessions = recorder.arrivals('session', fleet, 'ocpp1.6', '')
  recorder.enter('steady', 1_000_000)
  recorder.arrived(sessions, 'begun', 2_000_000, 2_001_000, 2_005_000)
  recorder.arrived(sessions, 'dropped', 2_500_000, 2_502_000, 2_502_000)
  recorder.arrived(sessions, 'unbegun', 3_000_000, 3_000_000, 3_500_000)
  recorder.enter('drain', 4_000_000)
  // It was due in steady and began in the drain.
  recorder.arrived(sessions, 'begun', 3_900_000, 3_900_000, 4_400_000)
  return recorder
}

describe('arrivals', () => {
  test('belong to the window of their intended instant, whatever became of them', () => {
    const snapshot = recorded('street').snapshot()
    const steady = selectArrivals(snapshot, 'session', {}, ['steady'])
    expect(steady).toMatchObject({ begun: 2, dropped: 1, unbegun: 1 })
    expect(selectArrivals(snapshot, 'session', {}, ['ramp', 'drain']).begun).toBe(0)
    expect(steady.lag.count).toBe(4)
    expect(steady.lag.max).toBe(2000)
  })

  test('what never began waits at its age, what was dropped does not wait', () => {
    const { wait } = selectArrivals(recorded('street').snapshot(), 'session', {}, ['steady'])
    expect(wait.count).toBe(3)
    expect([wait.min, wait.max]).toEqual([5000, 500_000])
  })

  test('add up over workers, and are told apart by kind, fleet and action', () => {
    const reset = new Recorder(0)
    reset.arrived(reset.arrivals('command', 'a', 'ocpp1.6', 'Reset'), 'begun', 0, 0, 10)
    const all = mergeSnapshots([
      recorded('a').snapshot(),
      recorded('b').snapshot(),
      recorded('a').snapshot(),
      reset.snapshot(),
    ])
    const begun = (kind: 'session' | 'command', selection: object) =>
      selectArrivals(all, kind, selection, phases).begun
    expect(begun('session', {})).toBe(6)
    expect(begun('session', { fleet: 'a' })).toBe(4)
    expect(begun('command', { action: 'Reset' })).toBe(1)
    expect(begun('command', { action: 'ChangeAvailability' })).toBe(0)
  })
})
