import { describe, expect, test } from 'vitest'
import { type NoisyRun, noisyRun } from '../../../test/helpers/compared-run.ts'
import type { Report } from '../result.ts'
import { compareReports } from './compare-reports.ts'

const compare = (before: NoisyRun, after: NoisyRun) =>
  compareReports(noisyRun(before), noisyRun(after))

const verdictOf = (comparison: ReturnType<typeof compareReports>, metric: string) =>
  comparison.metrics.find((one) => one.metric === metric)?.verdict

describe('compareReports', () => {
  test('two runs of the same are the same', () => {
    const comparison = compare({ seed: 1 }, { seed: 2 })
    expect(comparison.verdict).toBe('same')
    expect(comparison.refusals).toEqual([])
    expect(verdictOf(comparison, 'p95')).toBe('same')
  })

  test('20 % slower is worse, in the whole and in every action; 20 % faster is better', () => {
    const slower = compare({ seed: 1 }, { seed: 2, slower: 1.2 })
    expect(slower.verdict).toBe('worse')
    for (const metric of ['p50', 'p95', 'service.p50', 'p50{action:Heartbeat}']) {
      expect(verdictOf(slower, metric), metric).toBe('worse')
    }
    expect(verdictOf(slower, 'rate')).toBe('same')
    expect(compare({ seed: 2, slower: 1.2 }, { seed: 1 }).verdict).toBe('better')
  })

  test('the same two reports give the same comparison', () => {
    const once = () => JSON.stringify(compare({ seed: 1 }, { seed: 2, slower: 1.1 }))
    expect(once()).toBe(once())
  })

  test.each([
    { memory: 0, wobble: 0.3 },
    { memory: 0.4, wobble: 0.1 },
    { memory: 0.6, wobble: 0.3 },
  ])('noise alone looks like a change in at most 5 % of comparisons (%o)', (noise) => {
    const pairs = 80
    let alarms = 0
    for (let pair = 0; pair < pairs; pair += 1) {
      const { verdict } = compare(
        { seed: 2 * pair + 1000, ...noise },
        { seed: 2 * pair + 1001, ...noise },
      )
      if (verdict === 'worse' || verdict === 'better') alarms += 1
    }
    expect(alarms).toBeLessThanOrEqual(pairs * 0.05)
  })

  test('20 % slower is found where there is little noise, and not made up where there is much', () => {
    const found = (wobble: number) => {
      const seeds = Array.from({ length: 20 }, (_, i) => i * 2 + 1)
      return seeds.filter((seed) => {
        return (
          compare({ seed, wobble }, { seed: seed + 1, wobble, slower: 1.2 }).verdict === 'worse'
        )
      }).length
    }
    expect(found(0.05)).toBe(20)
    expect(found(0.5)).toBeLessThan(10)
  })

  test('errors that were not there before are worse', () => {
    const comparison = compare({ seed: 1 }, { seed: 2, errors: 0.02 })
    expect(verdictOf(comparison, 'errors')).toBe('worse')
    expect(comparison.metrics.find(({ metric }) => metric === 'errors')?.change).toBeCloseTo(0.02)
  })

  test('connects are one burst: a change is told, and not judged', () => {
    const before = noisyRun({ seed: 1 })
    const { connectTimeMs } = before.stations
    const stations = { ...before.stations, connectTimeMs: { ...connectTimeMs, p50: 300 } }
    const { metrics, verdict } = compareReports(before, { ...before, stations })
    expect(verdict).toBe('same')
    expect(metrics.find(({ metric }) => metric === 'connect.p50')).toMatchObject({
      before: 3,
      after: 300,
      change: 99,
      verdict: 'cannot tell',
      note: expect.stringMatching('one burst'),
    })
  })

  test('what neither run measured is left out', () => {
    const { metrics } = compare({ seed: 1 }, { seed: 2 })
    expect(metrics.map(({ metric }) => metric)).not.toContain('p99.9')
  })

  test('too little data says that it cannot tell, and why', () => {
    const { verdict, metrics, noise } = compare(
      { seed: 1, seconds: 20 },
      { seed: 2, seconds: 20, slower: 3 },
    )
    expect(verdict).toBe('cannot tell')
    const p50 = metrics.find(({ metric }) => metric === 'p50')
    expect(p50).toMatchObject({ verdict: 'cannot tell', note: expect.stringMatching('too short') })
    expect(p50?.change).toBeGreaterThan(1.5)
    expect(noise.before).toBeNull()
  })

  test('noise in which half as much again would drown says that it cannot tell', () => {
    const { metrics } = compare({ seed: 1, wobble: 1.5 }, { seed: 2, wobble: 1.5 })
    expect(metrics.find(({ metric }) => metric === 'p95')).toMatchObject({
      verdict: 'cannot tell',
      note: 'too much noise: run longer',
    })
  })
})

describe('two searches for the highest rate', () => {
  const probe = (offeredPerSecond: number, verdict: 'held' | 'broke') => ({
    offeredPerSecond,
    achievedPerSecond: offeredPerSecond,
    p50: 1,
    p95: 2,
    p99: 3,
    errors: 0,
    backlogSlope: 0,
    generatorLagP99: 1,
    cpu: 0.4,
    verdict,
    confirming: false,
    reasons: [],
  })

  /** The rate that held, the lowest that broke, and how slow it was there. */
  const searched = (seed: number, held: number, broke: number, slower: number): Report => {
    const run = noisyRun({ seed, slower })
    const series = run.series.map((point) => ({ ...point, completedPerSecond: held }))
    return {
      ...run,
      series,
      exchanges: { ...run.exchanges, perSecond: held },
      findMax: {
        sustainedPerSecond: held,
        limitedBy: 'target',
        brokeFirst: 'the backlog grew',
        probes: [probe(held, 'held'), probe(broke, 'broke')],
      },
    }
  }

  test('a higher rate is better, though answers take longer at it', () => {
    const comparison = compareReports(searched(1, 1000, 1050, 1), searched(2, 2000, 2100, 1.5))
    expect(comparison.verdict).toBe('better')
    expect(verdictOf(comparison, 'rate')).toBe('better')
    expect(comparison.metrics.find(({ metric }) => metric === 'p99')).toMatchObject({
      verdict: 'cannot tell',
      note: expect.stringMatching('different rates'),
    })
    expect(compareReports(searched(2, 2000, 2100, 1.5), searched(1, 1000, 1050, 1)).verdict).toBe(
      'worse',
    )
  })

  test('a difference within the steps of a search is none', () => {
    const comparison = compareReports(searched(1, 1000, 1200, 1), searched(2, 1150, 1200, 1))
    expect(comparison.verdict).toBe('same')
  })

  test('at the same rate times are held against each other as ever', () => {
    const comparison = compareReports(searched(1, 1000, 1050, 1), searched(2, 1000, 1050, 1.5))
    expect(verdictOf(comparison, 'p50')).toBe('worse')
  })

  test('a search that found nothing is not comparable', () => {
    const [found, other] = [searched(1, 1000, 1050, 1), searched(2, 1000, 1050, 1)]
    const findMax = { ...other.findMax, sustainedPerSecond: null } as NonNullable<Report['findMax']>
    expect(compareReports(found, { ...other, findMax }).refusals).toEqual([
      'the search after found no rate that held: its figures are those of all its probes',
    ])
  })
})

describe('what stands against a comparison', () => {
  const report = noisyRun({ seed: 1 })
  const refusals = (other: Partial<Report>) =>
    compareReports(report, { ...report, ...other }).refusals

  test('an INVALID run, one that was cut short', () => {
    expect(refusals({ verdict: 'invalid', reasons: ['worker 1 was full'] })).toEqual([
      'the run after is INVALID: worker 1 was full',
    ])
    expect(refusals({ verdict: 'aborted', reasons: ['stopped by SIGINT'] })).toHaveLength(1)
  })

  test('another scenario, other stations, other windows', () => {
    const { scenario, stations, window } = report
    expect(refusals({ scenario: { ...scenario, hash: 'cd'.repeat(32) } })).toEqual([
      'the scenarios differ (scenarios/city-load.yaml was edited)',
    ])
    expect(refusals({ stations: { ...stations, requested: 500 } })).toEqual([
      '400 stations before, 500 after',
    ])
    expect(refusals({ window: { ...window, steadySeconds: 90 } })).toHaveLength(1)
    expect(refusals({ scenario: { ...scenario, speed: 60 } })).toEqual([
      'speed 1 before, 60 after: another load in the same time',
    ])
    const fleets = report.fleets.map((fleet) => ({ ...fleet, version: 'ocpp2.0.1' }))
    expect(refusals({ fleets })).toEqual(['city ocpp1.6 before, city ocpp2.0.1 after'])
    expect(refusals({ window: { ...window, headline: 'run' } })).toHaveLength(1)
  })

  test('another machine is a warning', () => {
    const environment = { ...report.environment, cores: 64 }
    const after = { ...report, runId: 'later', environment }
    const { refusals, warnings } = compareReports(report, after)
    expect(refusals).toEqual([])
    expect(warnings).toEqual([
      'another machine: Example CPU, 2 cores, 24 GiB before, Example CPU, 64 cores, 24 GiB after',
    ])
  })
})
