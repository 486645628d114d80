import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import { load, plan } from '../../test/helpers/sample-run.ts'
import { mergeSnapshots } from '../metrics/merge-snapshots.ts'
import { Recorder } from '../metrics/recorder.ts'
import { buildReport } from './build-report.ts'
import { reportSchema } from './report-schema.ts'
import type { RunFacts } from './run-facts.ts'
import { summary } from './summary.ts'

/** The sample load with sessions besides: 60 begin, 3 find no station, 1 still waits at the end. */
function withSessions(lagMicros: number): RunFacts {
  const facts = load({ perSecond: 20, lagMicros: 400 })
  const recorder = new Recorder(0)
  const stats = recorder.arrivals('session', 'city', 'ocpp1.6', '')
  recorder.enter('steady', 5_000_000)
  for (let k = 0; k < 64; k += 1) {
    const intended = 5_000_000 + k * 900_000
    const fate = k < 60 ? 'begun' : k < 63 ? 'dropped' : 'unbegun'
    recorder.arrived(stats, fate, intended, intended + lagMicros, intended + lagMicros + 500)
  }
  return { ...facts, metrics: mergeSnapshots([facts.metrics, recorder.snapshot()]) }
}

describe('arrivals in the report', () => {
  test('due = begun + dropped + unbegun; what never began is a warning and in ocpp_dropped', () => {
    const thresholds = [plan('ocpp_dropped', 'count<4'), plan('ocpp_session_wait', 'max<1')]
    const report = buildReport({ ...withSessions(100), thresholds })
    expect(report.arrivals?.sessions).toMatchObject({ due: 64, begun: 60, dropped: 3, unbegun: 1 })
    expect(report.arrivals?.sessions?.perSecond).toBeCloseTo(1, 1)
    expect(report.arrivals?.commands).toBeUndefined()
    expect(report.warnings).toContain('4 sessions were due and never begun')
    const ajv = new Ajv({ strict: true, allowUnionTypes: true })
    formats.default(ajv)
    expect(ajv.compile(reportSchema)(report)).toBe(true)
    expect(report.thresholds.map(({ actual, pass }) => [actual, pass])).toEqual([
      [4, false],
      [0.6, true],
    ])
    expect(summary(report)).toMatch(/sessions +64 +60 +1\.0 +4 /)
  })

  test('a load of which sessions never began is not sustained, and those cut off are told', () => {
    const facts = withSessions(100)
    const street = { completed: 40, failed: 0, cutOff: 20, reasons: {} }
    const metrics = { ...facts.metrics, scripts: { street } }
    const report = buildReport({ ...facts, metrics })
    expect(report.sustained).toMatchObject({
      sustained: false,
      reasons: ['4 sessions were due and never begun'],
    })
    expect(report.scripts).toMatchObject({ completed: 40, cutOff: 20 })
    expect(report.warnings).toContain(
      '20 sessions were cut off when the run was over ("gracefulStop" gives them longer)',
    )
    expect(summary(report)).toContain('40 completed, 0 failed, 20 cut off')
    const ajv = new Ajv({ strict: true, allowUnionTypes: true })
    formats.default(ajv)
    expect(ajv.compile(reportSchema)(report)).toBe(true)
  })

  test('sessions that begin late because of the generator make the run invalid', () => {
    expect(buildReport(withSessions(100)).verdict).toBe('pass')
    const late = buildReport(withSessions(80_000))
    expect(late.verdict).toBe('invalid')
    expect(late.generator.lagMs.max).toBeGreaterThan(79)
  })

  test('a run without any says nothing of them', () => {
    const report = buildReport(load({ perSecond: 20, lagMicros: 400 }))
    expect(report).not.toHaveProperty('arrivals')
    expect(report.warnings.join()).not.toContain('begun')
  })
})
