import { describe, expect, test } from 'vitest'
import { casesOf } from '../cases/catalogue.ts'
import type { Check, Verdict } from '../play/verdict.ts'
import type { PlayedCase } from './conformance-run.ts'
import { baseline, knownFailure, loadKnownFailures } from './known-failures.ts'

const [one] = casesOf('ocpp1.6')
if (!one) throw new Error('there are no cases')

const rules = { level: 'MUST', today: '2027-03-01' } as const

function check(name: string, level: Check['level'] = 'MUST', passed = false): Check {
  return { name, level, passed, clause: '1.6 4.1', detail: 'Invalid', frame: 3 }
}

function played(verdict: Verdict, checks: readonly Check[] = [], id = 'TC_023_3_CSMS'): PlayedCase {
  if (!one) throw new Error('there are no cases')
  const rest = { title: 'A "blocked" token', trace: [], seconds: 1, attempts: 1 }
  return { ...rest, id, verdict, checks, case: one }
}

const known = [
  { id: 'TC_023_3_CSMS', version: 'ocpp1.6' },
  { id: 'TC_013_CSMS', version: 'ocpp1.6' },
  { id: 'TC_B_01_CSMS', version: 'ocpp2.0.1' },
  { id: 'TC_B_01_CSMS', version: 'ocpp2.1' },
] as const

function load(text: string) {
  const loaded = loadKnownFailures({ file: 'k.yaml', text }, {}, known)
  if ('problems' in loaded) throw new Error(loaded.problems.map((p) => p.message).join('\n'))
  return loaded.entries
}

const listed = load('- {case: TC_023_3_CSMS, checks: [Authorize], reason: told, until: 2027-03-01}')

describe('what a list says of a case', () => {
  test('it fails by the checks that are listed, until the end of its last day', () => {
    expect(knownFailure(played('fail', [check('Authorize')]), listed, rules)).toEqual({
      reason: 'told',
      until: '2027-03-01',
      standing: 'fails',
    })
  })

  test('an entry is over on the next day, whatever the case does', () => {
    const later = { ...rules, today: '2027-03-02' }
    expect(knownFailure(played('fail', [check('Authorize')]), listed, later)?.standing).toBe(
      'expired',
    )
  })

  test('a case that passes is listed wrongly', () => {
    expect(knownFailure(played('pass'), listed, rules)?.standing).toBe('passes')
  })

  test('another check that fails is no known failure', () => {
    const both = [check('Authorize'), check('StartTransaction')]
    expect(knownFailure(played('fail', both), listed, rules)?.standing).toBe('otherwise')
  })

  test('a check that passed, or is only recommended, does not count', () => {
    const beside = [check('Authorize'), check('boot', 'MUST', true), check('slow', 'SHOULD')]
    expect(knownFailure(played('fail', beside), listed, rules)?.standing).toBe('fails')
    expect(
      knownFailure(played('fail', beside), listed, { ...rules, level: 'SHOULD' })?.standing,
    ).toBe('otherwise')
  })

  test('a warning fails only where what is recommended is red', () => {
    const warned = played('warn', [check('Authorize', 'SHOULD')])
    expect(knownFailure(warned, listed, rules)?.standing).toBe('passes')
    expect(knownFailure(warned, listed, { ...rules, level: 'SHOULD' })?.standing).toBe('fails')
  })

  test('an entry of one version says nothing of the same case in another', () => {
    const of = (protocol: string) =>
      load(`- {case: TC_023_3_CSMS, protocol: ${protocol}, reason: told}`)
    const failed = played('fail', [check('Authorize')])
    expect(knownFailure(failed, of('ocpp1.6'), rules)?.standing).toBe('fails')
    const others = load('- {case: TC_B_01_CSMS, protocol: ocpp2.1, reason: told}')
    const in16 = played('fail', [check('Authorize')], 'TC_B_01_CSMS')
    expect(knownFailure(in16, others, rules)).toBeUndefined()
  })

  test.each(['error', 'skip'] as const)('%s is excused by nothing', (verdict) => {
    expect(knownFailure(played(verdict), listed, rules)).toBeUndefined()
  })
})

describe('the file', () => {
  test('of comments alone lists nothing', () => {
    expect(load('# nothing yet\n')).toEqual([])
  })

  test('names cases that there are, once, with a reason', () => {
    const text = '- {case: TC_013_CSM, reason: a}\n- {case: TC_013_CSMS, reason: b}\n'.concat(
      '- {case: TC_013_CSMS, reason: c}\n- {case: TC_023_3_CSMS}\n',
    )
    const loaded = loadKnownFailures({ file: 'k.yaml', text }, {}, known)
    const problems = 'problems' in loaded ? loaded.problems : []
    expect(problems.map(({ line, message }) => [line, message.slice(0, 60)])).toEqual([
      [1, 'There is no case "TC_013_CSM". Did you mean "TC_013_CSMS"?'],
      [3, 'TC_013_CSMS is listed twice.'],
      [4, expect.stringContaining('"reason" is missing')],
    ])
  })

  test('names a case once for each version that has it', () => {
    const both = (...of: readonly string[]) =>
      of.map((more) => `- {case: TC_B_01_CSMS, ${more}reason: a}\n`).join('')
    const problems = (text: string) => {
      const loaded = loadKnownFailures({ file: 'k.yaml', text }, {}, known)
      return 'problems' in loaded ? loaded.problems.map(({ message }) => message) : []
    }
    expect(problems(both('protocol: ocpp2.0.1, ', 'protocol: ocpp2.1, '))).toEqual([])
    expect(problems(both('protocol: ocpp2.1, ', ''))).toEqual(['TC_B_01_CSMS is listed twice.'])
    expect(problems(both('protocol: ocpp1.6, '))).toEqual(['TC_B_01_CSMS is no case of ocpp1.6.'])
  })

  test('that is written from a run is read back as what failed', () => {
    const results = [
      played('fail', [check('Authorize'), check('Authorize'), check('seen', 'SHOULD')]),
      played('pass', [], 'TC_013_CSMS'),
    ]
    expect(load(baseline(results, rules))).toEqual([
      {
        case: 'TC_023_3_CSMS',
        protocol: 'ocpp1.6',
        checks: ['Authorize'],
        reason: 'failed on 2027-03-01: Invalid',
        link: undefined,
        until: undefined,
      },
    ])
  })

  test('keeps what a CSMS said as it was, briefly, and takes nothing of it from the environment', () => {
    const said = (detail: string) => {
      const results = [played('fail', [{ ...check('Authorize'), detail }])]
      return load(baseline(results, rules))[0]?.reason.slice('failed on 2027-03-01: '.length)
    }
    for (const text of ['${HOME}', '$${HOME}', '"a": b # {c}', 'a\nb\u0007\u2028', '☃']) {
      expect(said(text)).toBe(text)
    }
    expect(said('x'.repeat(1000))).toBe(`${'x'.repeat(200)}…`)
  })
})
