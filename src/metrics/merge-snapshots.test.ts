import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeSnapshots } from './merge-snapshots.ts'
import { phases } from './phase.ts'
import { type OutcomeKind, Recorder } from './recorder.ts'
import type { Snapshot } from './snapshot.ts'

const outcomes: readonly OutcomeKind[] = ['result', 'invalid', 'error', 'timeout', 'lost', 'unsent']

const events = fc.record({
  fleet: fc.constantFrom('a', 'b'),
  action: fc.constantFrom('Heartbeat', 'MeterValues'),
  kind: fc.constantFrom(...outcomes),
  phase: fc.constantFrom(...phases),
  at: fc.integer({ min: 0, max: 1_000_000 }),
  took: fc.integer({ min: 0, max: 40_000_000 }),
  rule: fc.constantFrom('R1', 'R2'),
  text: fc.constantFrom('x', 'y', 'z', 'u', 'v', 'w', 'q'),
})

const snapshots = fc.array(events, { maxLength: 30 }).map((list) => {
  const recorder = new Recorder(0)
  for (const { fleet, action, kind, phase, at, took, rule, text } of list) {
    recorder.enter(phase, at)
    const stats = recorder.exchanges(fleet, 'ocpp1.6', action)
    recorder.exchangeStarted(stats)
    recorder.exchangeSettled(stats, kind, at, at, at + took / 2, at + took)
    const stations = recorder.stations(fleet, 'ocpp1.6')
    recorder.connected(stations, took, took % 2 === 0)
    recorder.connectFailed(stations, text)
    recorder.commandAnswered(recorder.commands(fleet, 'ocpp1.6', 'Reset'), at, at + took)
    recorder.violated({ rule, level: 'MUST', detail: text, frame: text }, fleet, took)
    recorder.scriptFailed(fleet, text)
  }
  return recorder.snapshot()
})

describe('mergeSnapshots', () => {
  test('in which order and in which groups makes no difference', () => {
    fc.assert(
      fc.property(snapshots, snapshots, snapshots, (a, b, c) => {
        const merged = mergeSnapshots([a, b, c])
        expect(mergeSnapshots([c, a, b])).toEqual(merged)
        expect(mergeSnapshots([a, mergeSnapshots([b, c])])).toEqual(merged)
        expect(mergeSnapshots([mergeSnapshots([b, a]), c])).toEqual(merged)
      }),
      { numRuns: 50 },
    )
  })

  test('one snapshot merges to itself, also through JSON', () => {
    fc.assert(
      fc.property(snapshots, (one) => {
        const sent = JSON.parse(JSON.stringify(one)) as Snapshot
        expect(mergeSnapshots([sent])).toEqual(one)
      }),
      { numRuns: 50 },
    )
  })

  test('of nothing is empty', () => {
    expect(mergeSnapshots([])).toEqual(new Recorder(0).snapshot())
  })
})
