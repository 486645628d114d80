import { describe, expect, test } from 'vitest'
import { quickstart } from '../../test/helpers/sample-run.ts'
import { buildReport } from './build-report.ts'
import { githubAnnotations } from './github.ts'
import { reportMarkdown } from './report-markdown.ts'
import type { Report } from './result.ts'

const pass = buildReport(quickstart())
const fail: Report = {
  ...pass,
  verdict: 'fail',
  exitCode: 99,
  reasons: ['p(95) is 100 %\nof the limit, ::error::twice', 'another'],
  warnings: ['books: unchecked'],
}

describe('githubAnnotations', () => {
  test('a pass without warnings says nothing', () => {
    expect(githubAnnotations(pass)).toBe('')
  })

  test('every reason is an error, every warning a warning; what would break a command is escaped', () => {
    const place = 'file=scenarios/quickstart.yaml,title=csms FAIL quickstart'
    expect(githubAnnotations(fail).split('\n')).toEqual([
      `::error ${place}::p(95) is 100 %25%0Aof the limit, ::error::twice`,
      `::error ${place}::another`,
      `::warning ${place}::books: unchecked`,
      '',
    ])
  })

  test('in a property, colons and commas are escaped, too', () => {
    const scenario = { ...fail.scenario, name: 'a,b:c%\r\n', file: '-' }
    expect(githubAnnotations({ ...fail, scenario }).split('\n')[1]).toBe(
      '::error title=csms FAIL a%2Cb%3Ac%25%0D%0A::another',
    )
  })

  test('GitHub shows ten of a kind', () => {
    const reasons = Array.from({ length: 30 }, (_, i) => `reason ${i}`)
    expect(githubAnnotations({ ...fail, reasons }).match(/^::error/gm)).toHaveLength(10)
  })
})

describe('reportMarkdown', () => {
  test('says verdict, why, times and thresholds', () => {
    const text = reportMarkdown(fail)
    expect(text).toMatch(/^## ❌ FAIL quickstart \(exit code 99\)\n\n- p\(95\) is 100 % of/)
    expect(text).toContain('| MeterValues | 300 | 0.92 | 2.80 |')
    expect(text).toMatch(/\| ocpp\\_response\\_time p\(95\)&lt;50 \| 2\.\d+ ms \| ✅ \|/)
    expect(text).toContain('- ⚠️ books: unchecked')
  })

  test('commands, TLS handshakes and a rate that was found have their place', () => {
    const times = { ...pass.responseTimeMs, count: 12, p50: 4.2, p95: 7.5, p99: 8.25, max: 9.125 }
    const text = reportMarkdown({
      ...pass,
      stations: { ...pass.stations, tlsTimeMs: times },
      commands: {
        Reset: {
          messages: { sent: 12, received: 12 },
          exchanges: { started: 12, completed: 11, callErrors: 1, unanswered: 0 },
          failed: 1,
          commandTimeMs: times,
        },
      },
      findMax: { sustainedPerSecond: 3000, limitedBy: 'target', brokeFirst: 'errors', probes: [] },
    })
    expect(text).toContain('| TLS handshake | 12 | 4.20 | 7.50 | 8.25 | 9.13 |')
    expect(text).toContain('| Reset | 12 | 1 | 1 | 4.20 | 7.50 | 9.13 |')
    expect(text).toContain('3,000/s exchanges (6,000/s messages); limited by the target; first')
  })

  test('nothing that a run brings along becomes markup, or breaks a table', () => {
    const name = '<script>alert(1)</script> | `x` [a](http://b) *c* @team\n# d'
    const text = reportMarkdown({
      ...fail,
      scenario: { ...fail.scenario, name },
      reasons: [name],
      actions: { [name]: pass.actions['MeterValues'] as never },
    })
    expect(text).not.toMatch(/<script|[^\\]\| \\?`x|\[a\]\(|[^\\]\*c|[^\\]@team|^# d/m)
    const rows = text.split('\n').filter((line) => line.startsWith('|'))
    expect(new Set(rows.slice(0, 4).map((row) => row.match(/(?<!\\)\|/g)?.length))).toEqual(
      new Set([7]),
    )
  })
})
