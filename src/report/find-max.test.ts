import { describe, expect, test } from 'vitest'
import { load, plan } from '../../test/helpers/sample-run.ts'
import type { ThresholdPlan } from '../metrics/thresholds.ts'
import { buildReport } from './build-report.ts'
import type { FindMaxReport, ProbeReport } from './result.ts'
import { summary } from './summary.ts'

const probe = (offeredPerSecond: number, more: Partial<ProbeReport> = {}): ProbeReport => ({
  offeredPerSecond,
  achievedPerSecond: offeredPerSecond,
  p50: 0.9,
  p95: 2.8,
  p99: 4.1,
  errors: 0,
  backlogSlope: 0,
  generatorLagP99: 1.2,
  cpu: 0.41,
  verdict: 'held',
  confirming: false,
  reasons: [],
  ...more,
})

const slow = 'ocpp_response_time p(99)<200 failed: 812.4 ms'
const broken = probe(4000, {
  achievedPerSecond: 3912.3,
  p95: 498,
  p99: 812.4,
  backlogSlope: 88.1,
  verdict: 'broke',
  reasons: [slow],
})

const found: FindMaxReport = {
  sustainedPerSecond: 3000,
  limitedBy: 'threshold',
  brokeFirst: slow,
  probes: [probe(1000), probe(2000), broken, probe(3000), probe(3000, { confirming: true })],
}

function reportOf(
  findMax: FindMaxReport,
  lagMicros = 400,
  thresholds: readonly ThresholdPlan[] = [],
) {
  return buildReport({ ...load({ perSecond: 100, lagMicros }), thresholds, findMax })
}

describe('a search for the highest rate', () => {
  test('is a pass where a rate was found, in both units and with every probe', () => {
    const report = reportOf(found)
    expect(report).toMatchObject({ verdict: 'pass', exitCode: 0, findMax: found })
    const lines = summary(report).split('\n')
    const from = lines.findIndex((line) => line.includes('sustained: '))
    expect(lines.slice(from, from + 10).join('\n')).toMatchInlineSnapshot(`
      "  ✓ sustained: 3,000/s exchanges (6,000/s messages)
          limited by a threshold; first broke: ocpp_response_time p(99)<200 failed:
          812.4 ms

        probes, ms  offered/s  achieved/s   p95   p99  errors  backlog   lag   CPU
        held            1,000       1,000  2.80  4.10       0      0/s  1.20  41 %
        held            2,000       2,000  2.80  4.10       0      0/s  1.20  41 %
        broke           4,000       3,912   498   812       0  +88.1/s  1.20  41 %
        held            3,000       3,000  2.80  4.10       0      0/s  1.20  41 %
        confirmed       3,000       3,000  2.80  4.10       0      0/s  1.20  41 %"
    `)
  })

  test('says that the generator was the limit, and is still a pass', () => {
    const report = reportOf({ ...found, limitedBy: 'generator', brokeFirst: 'worker 1 was full' })
    expect(report.exitCode).toBe(0)
    expect(report.warnings).toEqual([
      'find-max: this machine was the limit (worker 1 was full); the target may sustain more than shown',
    ])
    expect(summary(report)).toContain('limited by the generator, not by the target')
  })

  test('a rate that was held for less than a minute is not called sustained', () => {
    const facts = load({ perSecond: 100, lagMicros: 400 })
    const windows = facts.windows.map((window) =>
      window.phase === 'steady' ? { ...window, seconds: 10 } : window,
    )
    const report = buildReport({ ...facts, windows, thresholds: [], findMax: found })
    expect(report.warnings).toEqual([
      'find-max: the rate was held for 10.0 s, not 1 min: whether it is sustained is not known',
    ])
    expect(summary(report)).toContain('held for 10.0 s: 3,000/s exchanges')
    expect(summary(report)).not.toContain('sustained: 3,000/s')
  })

  test('a target that shares full cores with its stations may take more elsewhere, and that is told', () => {
    const facts = load({ perSecond: 100, lagMicros: 400 })
    const usage = (cpuShare: number) =>
      Array.from({ length: 66 }, (_, second) => ({ second: second + 0.3, cpuShare, rssBytes: 0 }))
    const warned = (cpuShare: number) => {
      const target = { ...facts.target, embedded: true, usage: usage(cpuShare) }
      return buildReport({ ...facts, target, thresholds: [], findMax: found }).warnings
    }
    // Two workers use half a core each, and there are two.
    expect(warned(0.7)).toEqual([])
    expect(warned(0.9)).toEqual([
      'find-max: stations and CSMS together used 1.9 of 2 cores: on a machine of its own the target may sustain more',
    ])
  })

  test('without a limit it says how far it looked', () => {
    const report = reportOf({ ...found, limitedBy: null, brokeFirst: null, probes: [probe(3000)] })
    expect(report.exitCode).toBe(0)
    expect(summary(report)).toContain('nothing broke up to 3,000/s')
  })

  test.each([
    ['target', 99],
    ['threshold', 99],
    ['generator', 5],
  ] as const)('no rate at all because of the %s is exit %d', (limitedBy, exitCode) => {
    const nothing = { sustainedPerSecond: null, limitedBy, brokeFirst: slow, probes: [broken] }
    const limits = [plan('ocpp_response_time', 'p(99)<0'), plan('ocpp_boot_time', 'p(99)<60000')]
    // A search drives the generator to its limit too; that alone makes no run invalid.
    const report = reportOf(nothing, 50_000, limits)
    expect(report.thresholds.map(({ pass }) => pass)).toEqual([null, null])
    expect(report.exitCodes).toEqual([exitCode])
    expect(report.reasons).toEqual([`not even 4,000/s was sustained: ${slow}`])
    expect(summary(report)).toContain('no sustained rate was found')
  })

  test('a search that is cut short while it confirms denies no rate that held', () => {
    const nothing = { ...found, sustainedPerSecond: null, probes: [probe(2000), broken] }
    const { reasons } = reportOf({ ...nothing, limitedBy: 'generator', brokeFirst: slow })
    expect(reasons).toEqual([`no rate was confirmed, though 2,000/s held in a probe: ${slow}`])
    const unbroken = reportOf({ ...nothing, limitedBy: null, brokeFirst: null })
    expect(unbroken.reasons).toEqual(['no rate was confirmed, though 2,000/s held in a probe'])
  })
})
