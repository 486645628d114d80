import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { load, quickstart } from '../../../test/helpers/sample-run.ts'
import { Recorder } from '../../metrics/recorder.ts'
import { buildReport } from '../build-report.ts'
import type { ProbeReport, Report } from '../result.ts'
import { chartLibrary } from './assets.ts'
import { clientScript } from './client-script.ts'
import { reportHtml } from './page.ts'
import { pageData } from './page-data.ts'

const probe: ProbeReport = {
  offeredPerSecond: 1000,
  achievedPerSecond: 999,
  p50: 1,
  p95: 2,
  p99: 3,
  errors: 0,
  backlogSlope: 0,
  generatorLagP99: 1,
  cpu: 0.5,
  verdict: 'held',
  confirming: false,
  reasons: [],
}

/** A failed run with something in every part of the page. */
const full: Report = {
  ...buildReport({
    ...load({
      perSecond: 20,
      lagMicros: 3000,
      outcome: (n) => (n % 50 === 0 ? 'timeout' : 'result'),
      violate: (recorder, n, at) => {
        const frame = '[3,"a-1",{"currentTime":"yesterday"}]'
        const violation = {
          rule: 'RPC_RESPONSE_SCHEMA',
          level: 'MUST' as const,
          detail: 'no',
          frame,
        }
        if (n % 200 === 0) recorder.violated(violation, 'CITY-1', at)
      },
    }),
    internalFaults: ['something broke'],
  }),
  warnings: ['mind this'],
  commands: {
    ClearCache: {
      messages: { sent: 1, received: 1 },
      exchanges: { started: 1, completed: 1, callErrors: 0, unanswered: 0 },
      failed: 0,
      commandTimeMs: buildReport(quickstart()).responseTimeMs,
    },
  },
  scripts: {
    completed: 1,
    failed: 2,
    reasons: { 'boot: no answer': 2 },
    byFleet: { city: { completed: 1, failed: 2, reasons: { 'boot: no answer': 2 } } },
  },
  books: {
    checked: true,
    source: 'url',
    compared: 1,
    mismatches: [
      { kind: 'energy differs', stationId: 'CITY-1', subject: '7', station: 1000, csms: 'nothing' },
    ],
  },
  timeline: [
    { atSecond: 10, label: 'district outage', stations: 200, undone: { 'not connected': 3 } },
    { atSecond: 20, label: 'power is back' },
  ],
  findMax: {
    sustainedPerSecond: 1000,
    limitedBy: 'threshold',
    brokeFirst: 'p99 was 300 ms',
    probes: [probe, { ...probe, offeredPerSecond: 2000, verdict: 'broke', reasons: ['too slow'] }],
  },
}

/** Fields whose texts come from a list of csms's own, and texts by which the page sorts. */
const fixed = new Set([
  'verdict',
  'model',
  'headline',
  'phase',
  'level',
  'during',
  'unit',
  'source',
  'limitedBy',
  'kind',
])

/** Appends `poison` to every name and every text that a scenario or a peer could have had a hand in. */
function poisoned(value: unknown, poison: string, key = ''): unknown {
  if (typeof value === 'string') return fixed.has(key) ? value : `${value}${poison}`
  if (Array.isArray(value)) return value.map((item) => poisoned(item, poison, key))
  if (typeof value !== 'object' || value === null) return value
  const named = [
    'actions',
    'commands',
    'byRule',
    'reasons',
    'byFleet',
    'byVersion',
    'undone',
  ].includes(key)
  return Object.fromEntries(
    Object.entries(value).map(([name, inner]) => {
      return [named ? `${name}${poison}` : name, poisoned(inner, poison, name)]
    }),
  )
}

function withoutScripts(page: string): string {
  return page.replace(chartLibrary(), '').replace(clientScript, '')
}

/** The page's markup: tags with their attributes, without what these say. */
function skeleton(page: string): string[] {
  return [...withoutScripts(page).matchAll(/<[^>]*>/g)].map(([tag]) =>
    tag.replace(/"[^"]*"/g, '""'),
  )
}

function dataOf(page: string): unknown {
  return JSON.parse(/id="data">([^<]*)<\/script>/.exec(page)?.[1] ?? '')
}

describe('reportHtml', () => {
  test('whatever names and texts say, the page has the same elements and attributes', () => {
    const plain = skeleton(reportHtml(poisoned(full, 'x') as Report))
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '</script><script>alert(1)</script>',
        '"><img src=x onerror=alert(1)>',
        "' onmouseover='alert(1)",
        '<!--',
        '</style><svg onload=alert(1)>',
        ']]>',
        '\u2028',
        '${alert(1)}',
      ),
    )
    fc.assert(
      fc.property(hostile, (poison) => {
        const report = poisoned(full, `x${poison}`) as Report
        const page = reportHtml(report)
        expect(skeleton(page)).toEqual(plain)
        expect(dataOf(page)).toEqual(JSON.parse(JSON.stringify(pageData(report))))
      }),
      { numRuns: 60 },
    )
  })

  test('verdict and first reason stand in the head, the others below', () => {
    const page = reportHtml(full)
    expect(page).toContain('<title>✗ FAIL city-load · csms report</title>')
    expect(page).toContain('<p class="why">Something broke</p>')
    expect(page).toContain('<li>The target broke RPC_RESPONSE_SCHEMA')
  })

  test('the policy lets nothing in from anywhere and only the page’s own scripts run', () => {
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(reportHtml(full))?.[1] ?? ''
    expect(policy).toContain('default-src &#39;none&#39;')
    expect(policy).toMatch(/script-src (&#39;sha256-[\w+/=]+&#39; ?){2};/)
    expect(policy).not.toContain('unsafe')
  })

  test('names no address but those of the report and of the licence', () => {
    const page = withoutScripts(reportHtml(full))
    const addresses = page.match(/(https?|wss?):\/\/[^\s"'<&`,]+/g) ?? []
    expect(new Set(addresses)).toEqual(new Set(['wss://csms.example.org/ocpp']))
  })

  test('every link leads to something on the page', () => {
    const page = reportHtml(full)
    const ids = new Set([...page.matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))
    const links = [...page.matchAll(/href="#([^"]*)"/g)].map(([, id]) => id)
    expect(links.length).toBeGreaterThan(10)
    expect(links.filter((id) => !ids.has(id))).toEqual([])
  })

  test('no id stands twice', () => {
    const ids = [...reportHtml(full).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
  })

  test('a run that reached nobody has a page without charts', () => {
    const nobody = buildReport({
      ...quickstart(),
      metrics: new Recorder(0).snapshot(),
      series: { intervalSeconds: 1, points: [], peakConnected: 0 },
      windows: [],
      thresholds: [],
      transactions: { started: 0, stopped: 0, energyWh: 0, undelivered: 0 },
      books: { checked: false, source: null, compared: 0, lost: 0, mismatched: 0, mismatches: [] },
      workers: [],
      target: { url: 'ws://127.0.0.1:1', embedded: false, usage: [] },
      end: { kind: 'unreachable', reason: 'connection refused' },
    })
    const page = reportHtml(nobody)
    expect(page).toContain('No station was accepted by ws://127.0.0.1:1: connection refused')
    expect(page).not.toContain('<figure')
    expect(withoutScripts(page)).not.toMatch(/NaN|undefined|Infinity|null/)
  })

  test('a report of an older csms lacks parts, and so does its page', () => {
    const { histograms: _, timeline: __, findMax: ___, ...older } = full
    const page = reportHtml(older)
    expect(page).toContain('FAIL')
    expect(page).not.toContain('Highest rate')
    expect(page).not.toContain('chart-histogram')
  })

  test('an hour of seconds and 91 actions stay a page that one can mail', () => {
    const point = full.series[0]
    const action = Object.values(full.actions)[0]
    if (!point || !action) throw new Error('no sample')
    const series = Array.from({ length: 3600 }, (_, second) => {
      const rate = 9_000 + ((second * 7919) % 1000)
      const ms = 1 + ((second * 104_729) % 9973) / 1000
      return {
        ...point,
        second,
        offeredPerSecond: 10_000,
        completedPerSecond: rate,
        responseP50Ms: ms,
        responseP95Ms: ms * 3.1,
        responseP99Ms: ms * 7.7,
      }
    })
    const actions = Object.fromEntries(Array.from({ length: 91 }, (_, n) => [`Action${n}`, action]))
    const page = reportHtml({ ...full, series, actions })
    expect(page.match(/<th scope="row">Action\d+/g)).toHaveLength(91)
    expect(page.length).toBeLessThan(600 * 1024)
    expect(reportHtml(full).length).toBeLessThan(200 * 1024)
  })
})
