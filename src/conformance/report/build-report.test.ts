import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { describe, expect, test } from 'vitest'
import {
  check,
  oneOfEach,
  played,
  sampleConformance,
  wrongStatus,
} from '../../../test/helpers/sample-conformance.ts'
import { exitCodes } from '../../shared/exit-codes.ts'
import type { PlayedCase } from '../run/conformance-run.ts'
import type { KnownStanding } from './result.ts'
import { conformanceSchema } from './schema.ts'

const known = (standing: KnownStanding) => () => ({ reason: 'being repaired', standing })

describe('buildConformanceReport', () => {
  test('a run is red when a case fails or cannot be judged, and says which', () => {
    const { verdict, exitCode, reasons, totals } = sampleConformance()
    expect({ verdict, exitCode, reasons }).toEqual({
      verdict: 'fail',
      exitCode: exitCodes.conformance,
      reasons: ['1 case failed: TC_003', '1 case could not be judged: TC_004'],
    })
    expect(totals).toEqual({
      cases: 5,
      pass: 1,
      warn: 1,
      fail: 1,
      error: 1,
      skip: 1,
      red: 2,
      known: 0,
      flaky: 0,
    })
  })

  test('what breaks a SHOULD is a warning, and red where the run wants it', () => {
    const results = [played('TC_002', { checks: [check({ ...wrongStatus, level: 'SHOULD' })] })]
    expect(sampleConformance({ results })).toMatchObject({
      verdict: 'pass',
      exitCode: 0,
      cases: [{ outcome: 'warning' }],
    })
    expect(sampleConformance({ results, level: 'SHOULD' })).toMatchObject({
      verdict: 'fail',
      exitCode: 3,
      reasons: ['1 case broke a SHOULD: TC_002'],
    })
  })

  test('a case tells the feature that it takes, where it takes one', () => {
    const one = played('TC_001')
    const other: PlayedCase = { ...one, case: { ...one.case, feature: 'C-13' } }
    const { cases } = sampleConformance({ results: [one, other] })
    expect(cases.map(({ feature }) => feature)).toEqual([undefined, 'C-13'])
    expect(cases[0]).not.toHaveProperty('feature')
  })

  test('nothing played is no pass', () => {
    const skipped = oneOfEach.filter(({ verdict }) => verdict === 'skip')
    expect(sampleConformance({ results: [] })).toMatchObject({
      exitCode: 3,
      reasons: ['no case was selected'],
    })
    expect(sampleConformance({ results: skipped })).toMatchObject({
      exitCode: 3,
      reasons: ['nothing was played: all 1 were skipped'],
    })
  })

  test('a known failure keeps a run green, and counts as known', () => {
    const results = [played('TC_001'), played('TC_003', { checks: [wrongStatus] })]
    const report = sampleConformance({
      results,
      known: ({ id }) => (id === 'TC_003' ? known('fails')() : undefined),
    })
    expect(report).toMatchObject({ verdict: 'pass', exitCode: 0, totals: { known: 1, red: 0 } })
    expect(report.cases[1]?.outcome).toBe('known')
  })

  test.each(['passes', 'expired', 'otherwise'] as const)(
    'an entry among the known failures that "%s" is red',
    (standing) => {
      const report = sampleConformance({ results: [played('TC_001')], known: known(standing) })
      expect(report).toMatchObject({ verdict: 'fail', exitCode: 3, totals: { red: 1 } })
      expect(report.reasons).toHaveLength(1)
      expect(report.reasons[0]).toMatch(/^TC_001 .*being repaired$/)
    },
  )

  test('an error is red although it is listed', () => {
    const results = [played('TC_004', { verdict: 'error', reason: 'hook: 500', checks: [] })]
    expect(sampleConformance({ results, known: known('fails') }).reasons).toEqual([
      '1 case could not be judged: TC_004',
    ])
  })

  test('other grounds make a run red, the foremost code first', () => {
    const grounds = [{ code: exitCodes.interrupted, reason: 'interrupted' }]
    const report = sampleConformance({ grounds })
    expect(report).toMatchObject({ verdict: 'aborted', exitCode: exitCodes.interrupted })
    expect(report.reasons[0]).toBe('interrupted')
  })

  test('a run that was stopped before its first case selected some all the same', () => {
    const grounds = [{ code: exitCodes.interrupted, reason: 'interrupted with 5 cases to go' }]
    const { exitCode, reasons } = sampleConformance({ grounds, results: [] })
    expect({ exitCode, reasons }).toEqual({
      exitCode: exitCodes.interrupted,
      reasons: ['interrupted with 5 cases to go'],
    })
  })

  test('what most red cases fail by is told once, where three or more do', () => {
    const failing = (...details: readonly string[]) => {
      const results = details.map((detail, at) =>
        played(`TC_${at}`, { checks: [check({ ...wrongStatus, detail })] }),
      )
      return sampleConformance({ results }).reasons.slice(1)
    }
    expect(failing('a', 'b', 'a', 'a')).toEqual(['3 of them for one reason: a'])
    expect(failing('a', 'a', 'a', 'b', 'c', 'd')).toEqual([])
    expect(failing('a', 'a')).toEqual([])
  })

  test('a case that passed only when it was played again is flaky', () => {
    const results = [played('TC_001', { attempts: 2 }), played('TC_003', { attempts: 2 })]
    const failing = played('TC_009', { attempts: 2, checks: [wrongStatus] })
    expect(sampleConformance({ results: [...results, failing] }).totals.flaky).toBe(2)
  })

  test('what a rule found has the clause of the rule', () => {
    const rule = 'RPC_RESPONSE_SCHEMA'
    const checks = [check({ name: rule, clause: rule, passed: false })]
    const [first] = sampleConformance({ results: [played('TC_001', { checks })] }).cases
    expect(first?.checks[0]?.clause).not.toBe(rule)
    expect(first?.checks[0]?.clause).toMatch(/^1\.6J? [\d.]+$/)
  })

  test('commands that repeat the run, or a case, hold no secret', () => {
    const { repeat, cases, target } = sampleConformance()
    const base = ['csms', 'conformance', '--protocol', 'ocpp1.6', '--target']
    expect(repeat).toEqual([...base, 'ws://csms.example/ocpp', '--case', 'TC_0*'])
    expect(cases[2]?.repeat).toEqual([...base, 'ws://csms.example/ocpp', '--case', 'TC_003'])
    expect(target.url).toBe('ws://csms.example/ocpp')
  })

  test('is what its schema says', () => {
    const ajv = new Ajv({ strict: false, allowUnionTypes: true })
    formats.default(ajv)
    const validate = ajv.compile(conformanceSchema)
    const report: unknown = JSON.parse(JSON.stringify(sampleConformance({ known: known('fails') })))
    expect(validate(report), JSON.stringify(validate.errors)).toBe(true)
    expect(validate({ ...(report as object), cases: [{ id: 'TC_001' }] })).toBe(false)
  })
})
