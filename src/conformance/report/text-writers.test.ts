import { describe, expect, test } from 'vitest'
import {
  boot,
  check,
  played,
  sampleConformance,
  wrongStatus,
} from '../../../test/helpers/sample-conformance.ts'
import { plainStyle } from '../../report/style.ts'
import { caseLines } from './case-lines.ts'
import { conformanceAnnotations } from './github.ts'
import { conformanceMarkdown } from './markdown.ts'
import { conformanceSummary } from './summary.ts'
import { conformanceTap } from './tap.ts'
import { traceFiles } from './traces.ts'

const page = { width: 80, style: plainStyle }
const listed = () => ({ reason: 'being repaired', standing: 'fails' as const })
const oneRed = sampleConformance({ results: [played('TC_003', { checks: [wrongStatus] })] })

describe('caseLines', () => {
  const linesOf = (report = oneRed) => report.cases.flatMap((one) => caseLines(one, page))

  test('a pass is one line; what is red has check, clause, frame and how to repeat it', () => {
    const green = sampleConformance({ results: [played('TC_001')] })
    expect(linesOf(green)).toEqual(['✓ TC_001         About TC_001'])
    expect(linesOf()).toEqual([
      '✗ TC_003         About TC_003',
      '    BootNotification: $.status: expected "Accepted", got "Acepted"',
      '    MUST, 1.6 4.2, frame 2',
      '    again: csms conformance --protocol ocpp1.6 --target ws://csms.example/ocpp --case TC_003',
    ])
  })

  test('a skip has its reason, a known failure its own, a flaky case its count', () => {
    const all = linesOf(sampleConformance())
    expect(all).toContain('    no-hook: nothing makes the CSMS send Reset')
    const known = sampleConformance({
      results: [played('TC_003', { checks: [wrongStatus] })],
      known: listed,
    })
    expect(linesOf(known)).toEqual([
      '~ TC_003         About TC_003',
      '    fails as known: being repaired',
    ])
    const flaky = sampleConformance({ results: [played('TC_001', { attempts: 2 })] })
    expect(linesOf(flaky)[0]).toContain('flaky: passed when played 2 times')
  })

  test('what breaks again and again is told three times, and counted', () => {
    const unasked = (frame: number) => check({ name: 'RPC_UNSOLICITED', passed: false, frame })
    const checks = [...[4, 5, 6, 7, 8].map(unasked), wrongStatus]
    const lines = linesOf(sampleConformance({ results: [played('TC_003', { checks })] }))
    expect(lines.filter((line) => line.includes('RPC_UNSOLICITED: '))).toHaveLength(3)
    expect(lines[7]).toBe('    and RPC_UNSOLICITED 2 more times')
    expect(lines[8]).toContain('got "Acepted"')
  })

  test('what a peer sent cannot command the terminal', () => {
    const checks = [check({ passed: false, detail: 'got "\u001b[2J\u0007"' })]
    const report = sampleConformance({ results: [played('TC_003', { checks })] })
    expect(linesOf(report).join('')).not.toMatch(/\p{Cc}/u)
  })
})

describe('conformanceSummary', () => {
  test('groups, verdict, reasons and exit code', () => {
    expect(
      conformanceSummary(sampleConformance(), page)
        .split('\n')
        .map((line) => line.trimEnd()),
    ).toMatchInlineSnapshot(`
      [
        "",
        "  group           pass  warn  fail  error  skip",
        "  Core               1     1     1      .     .",
        "  Remote Trigger     .     .     .      1     1",
        "  all                1     1     1      1     1",
        "",
        "FAIL ocpp1.6 against ws://csms.example/ocpp: 1 of 5 cases passed, 1 with warnings, 1 failed, 1 without a verdict, 1 skipped, in 12.3 s",
        "  - 1 case failed: TC_003",
        "  - 1 case could not be judged: TC_004",
        "  exit code 3; again: csms conformance --protocol ocpp1.6 --target ws://csms.example/ocpp --case 'TC_0*'",
        "",
      ]
    `)
  })
})

describe('conformanceTap', () => {
  const lines = conformanceTap(sampleConformance()).split('\n')

  test('version, plan, and a point for each case', () => {
    expect(lines[0]).toBe('TAP version 14')
    expect(lines).toContain('1..5')
    expect(lines.filter((line) => /^(not )?ok /.test(line))).toEqual([
      'ok 1 - TC_001 About TC_001',
      'ok 2 - TC_002 About TC_002',
      'not ok 3 - TC_003 About TC_003',
      'not ok 4 - TC_004 About TC_004',
      'ok 5 - TC_005 About TC_005 # SKIP no-hook: nothing makes the CSMS send Reset',
    ])
  })

  test('diagnostics are a YAML block that opens and closes', () => {
    expect(lines.filter((line) => line === '  ---')).toHaveLength(3)
    expect(lines.filter((line) => line === '  ...')).toHaveLength(3)
    expect(lines).toContain('      clause: "1.6 4.2"')
  })

  test('a known failure is a TODO, an unexpected pass is not', () => {
    const tapOf = (standing: 'fails' | 'passes') =>
      conformanceTap(
        sampleConformance({
          results: [played('TC_003', standing === 'fails' ? { checks: [wrongStatus] } : {})],
          known: () => ({ reason: 'see #7', standing }),
        }),
      )
    expect(tapOf('fails')).toContain(
      'not ok 1 - TC_003 About TC_003 # TODO fails as known: see \\#7',
    )
    expect(tapOf('passes')).toMatch(/^not ok 1 - TC_003 About TC_003$/m)
  })

  test('nothing selected is a plan of nothing', () => {
    expect(conformanceTap(sampleConformance({ results: [] }))).toContain('1..0 # SKIP')
  })
})

describe('conformanceMarkdown', () => {
  test('totals by group, then what did not pass, and nothing of what did', () => {
    const text = conformanceMarkdown(sampleConformance())
    expect(text).toContain('## ❌ FAIL csms conformance, ocpp1.6 against ws://csms.example/ocpp')
    expect(text).toContain('| Core | 1 | 1 | 1 |  |  |')
    expect(text).toContain('| `TC_003` About TC\\_003 | fail |')
    expect(text).toContain('| no-hook: nothing makes the CSMS send Reset | `TC_005` |')
    expect(text).not.toContain('`TC_001`')
  })

  test('what a peer sent stays text within its cell', () => {
    const checks = [check({ passed: false, detail: 'got "|<b>\n@all"' })]
    const report = sampleConformance({ results: [played('TC_003', { checks })] })
    expect(conformanceMarkdown(report)).toContain('got "\\|&lt;b&gt; \\@all"')
  })

  test('a thousand red cases fit into a step summary', () => {
    const results = Array.from({ length: 1000 }, (_, at) =>
      played(`TC_${at}`, { checks: [wrongStatus] }),
    )
    const text = conformanceMarkdown(sampleConformance({ results }))
    expect(text).toContain('and 900 more')
    expect(text.length).toBeLessThan(2 ** 17)
  })
})

describe('conformanceAnnotations', () => {
  test('an error for what is red, a warning for what broke a SHOULD, nothing for a pass', () => {
    const lines = conformanceAnnotations(sampleConformance()).trimEnd().split('\n')
    expect(lines.map((line) => line.split('::')[1])).toEqual([
      'error title=TC_003 About TC_003',
      'error title=TC_004 About TC_004',
      'warning title=TC_002 About TC_002',
    ])
    expect(lines[0]).toContain('(MUST, 1.6 4.2, frame 2)%0AAgain: csms conformance')
  })

  test('GitHub shows ten of a kind: the tenth tells of the rest', () => {
    const results = Array.from({ length: 12 }, (_, at) =>
      played(`TC_${at}`, { checks: [wrongStatus] }),
    )
    const lines = conformanceAnnotations(sampleConformance({ results })).trimEnd().split('\n')
    expect(lines).toHaveLength(10)
    expect(lines[9]).toContain('3 more cases')
  })

  test('what a peer sent begins no command of its own, and no escape sequence', () => {
    const checks = [check({ passed: false, detail: 'got \r\n::error::pwned\u001b[31m' })]
    const text = conformanceAnnotations(
      sampleConformance({ results: [played('TC_003', { checks })] }),
    )
    expect(text.trim().split('\n')).toHaveLength(1)
    expect(text).toContain('got ::error::pwned·[31m')
  })

  test('a run that is red without a red case says why', () => {
    expect(conformanceAnnotations(sampleConformance({ results: [] }))).toBe(
      '::error title=csms conformance::no case was selected\n',
    )
  })
})

describe('traceFiles', () => {
  test('a file for each case that was played, an object a line', () => {
    const files = traceFiles(sampleConformance())
    expect(files.map(({ name }) => name)).toEqual([
      'ocpp1.6-TC_001.ndjson',
      'ocpp1.6-TC_002.ndjson',
      'ocpp1.6-TC_003.ndjson',
      'ocpp1.6-TC_004.ndjson',
    ])
    const lines = files[2]?.text
      .trimEnd()
      .split('\n')
      .map((line): unknown => JSON.parse(line))
    expect(lines).toHaveLength(boot.length)
    expect(lines?.[0]).toMatchObject({ kind: 'open', checks: [{ name: 'upgrade', passed: true }] })
    expect(lines?.[1]).toMatchObject({ kind: 'call', action: 'BootNotification', messageId: 'a1' })
    expect(lines?.[2]).toMatchObject({
      case: 'TC_003',
      index: 2,
      from: 'csms',
      kind: 'result',
      action: 'BootNotification',
      payload: { status: 'Acepted' },
      checks: [{ name: 'BootNotification', passed: false, clause: '1.6 4.2' }],
    })
  })

  test('an id makes no path', () => {
    const report = sampleConformance({ results: [played('../../TC/1')] })
    expect(traceFiles(report)[0]?.name).toBe('ocpp1.6-.._.._TC_1.ndjson')
  })
})
