import { describe, expect, test } from 'vitest'
import { parseXml, type XmlElement } from '../../test/helpers/parse-xml.ts'
import { load, quickstart } from '../../test/helpers/sample-run.ts'
import { buildReport } from './build-report.ts'
import { junitXml } from './junit.ts'

function casesOf(xml: string): { suite: string; test: XmlElement }[] {
  return parseXml(xml).children.flatMap((suite) =>
    suite.children.map((test) => ({ suite: suite.attributes['name'] ?? '', test })),
  )
}

describe('junitXml', () => {
  test('a pass is a suite each of run, scripts, thresholds, violations and books', () => {
    const root = parseXml(junitXml(buildReport(quickstart())))
    expect(root.attributes).toMatchObject({ name: 'quickstart', failures: '0', errors: '0' })
    expect(root.children.map(({ attributes }) => attributes['name'])).toEqual([
      'run',
      'scripts',
      'thresholds',
      'violations',
      'books',
    ])
    const cases = root.children.flatMap(({ children }) => children)
    expect(String(cases.length)).toBe(root.attributes['tests'])
    expect(root.children[0]?.attributes['timestamp']).toBe('2026-11-21T07:08:28')
  })

  test('names do not change with what came out', () => {
    const names = (facts: Parameters<typeof buildReport>[0]) =>
      casesOf(junitXml(buildReport(facts))).map(({ test }) => test.attributes['name'])
    const facts = quickstart()
    const scripts = { street: { completed: 0, failed: 5, reasons: { why: 5 } } }
    const worse = {
      ...facts,
      metrics: { ...facts.metrics, scripts: { ...facts.metrics.scripts, ...scripts } },
      books: { ...facts.books, lost: 1 },
    }
    expect(names(worse)).toEqual(names(facts))
  })

  test('what failed is a failure, what proves nothing is skipped', () => {
    const facts = load({ perSecond: 20, lagMicros: 40_000 })
    const ends = casesOf(junitXml(buildReport(facts))).map(({ suite, test }) => {
      return [suite, test.children[0]?.name ?? 'passed']
    })
    expect(ends).toEqual([
      ['run', 'passed'],
      ['run', 'failure'],
      ['run', 'passed'],
      ['thresholds', 'failure'],
      ['thresholds', 'skipped'],
      ['violations', 'passed'],
      ['books', 'passed'],
      ['books', 'skipped'],
    ])
  })

  test('what the target was never told of fails in the suite "books"', () => {
    const facts = quickstart()
    const transactions = { ...facts.transactions, undelivered: 2 }
    const failing = casesOf(junitXml(buildReport({ ...facts, transactions }))).filter(
      ({ test }) => test.children[0]?.name === 'failure',
    )
    expect(failing).toMatchObject([
      { suite: 'books', test: { children: [{ attributes: { message: '2 undelivered' } }] } },
    ])
  })

  test('a run cut short fails in the suite "run"', () => {
    const facts = quickstart()
    const end = { kind: 'interrupted', signal: 'SIGTERM' } as const
    const [first] = casesOf(junitXml(buildReport({ ...facts, end })))
    expect(first?.test.children[0]?.attributes['message']).toBe('stopped by SIGTERM after 18.2 s')
  })

  test('stays XML whatever a frame holds', () => {
    const facts = quickstart()
    const frame = '<]]>&"\u0000\u001b\ud800 \ufffe \u{1f50c}'
    const samples = [{ station: 'CP1', second: 0, detail: 'a\nb', frame }]
    const violations = { 'R<"&\n': { must: 1, should: 0, samples } }
    const metrics = { ...facts.metrics, violations }
    const xml = junitXml(buildReport({ ...facts, metrics }))
    const violation = casesOf(xml).find(({ suite }) => suite === 'violations')
    expect(violation?.test.attributes['name']).toContain('R&lt;&quot;&amp;&#10;')
    const text = violation?.test.children[0]?.text
    expect(text).toContain('&lt;]]&gt;&amp;&quot;\ufffd\ufffd\ufffd \ufffd \u{1f50c}')
  })
})
