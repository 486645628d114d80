import { describe, expect, test } from 'vitest'
import {
  check,
  played,
  sampleConformance,
  wrongStatus,
} from '../../../../test/helpers/sample-conformance.ts'
import { conformanceHtml } from './page.ts'

describe('conformanceHtml', () => {
  const page = conformanceHtml(sampleConformance())

  test('verdict, reasons, every case, and the command that repeats it', () => {
    expect(page).toContain('FAIL')
    expect(page).toContain('1 case failed: TC_003')
    for (const id of ['TC_001', 'TC_002', 'TC_003', 'TC_004', 'TC_005']) {
      expect(page).toContain(`id="${id}"`)
    }
    expect(page).toContain('--case TC_003</code>')
  })

  test('every link within the page leads somewhere, and no id is there twice', () => {
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    expect(new Set(ids).size).toBe(ids.length)
    const links = [...page.matchAll(/ href="#([^"]+)"/g)].map(([, id]) => id)
    expect(links.length).toBeGreaterThan(5)
    expect(links.filter((id) => !ids.includes(id))).toEqual([])
  })

  test('what is red is unfolded, what passed is not', () => {
    expect(page).toMatch(/<details class="case red" id="TC_003" open>/)
    expect(page).toMatch(/<details class="case green" id="TC_001">/)
  })

  test('the frame that decided a failed check is marked, with the check below it', () => {
    const row = page.slice(page.indexOf('id="TC_003-2"'))
    expect(row).toMatch(/^[^>]*><details class="step csms result wrong">/)
    expect(row.slice(0, row.indexOf('</li>'))).toContain('class="finding bad">✗ BootNotification')
  })

  test('a check without a frame stands below the chart', () => {
    const checks = [
      check({ name: 'Reset sent', passed: false, detail: 'no Reset', frame: undefined }),
    ]
    const one = conformanceHtml(sampleConformance({ results: [played('TC_013', { checks })] }))
    const chart = one.slice(one.indexOf('class="sequence"'))
    expect(chart.slice(chart.indexOf('</ol>'))).toContain('✗ Reset sent: no Reset')
  })

  test('what a peer sent is text: no element, no script, no style of its own', () => {
    const evil = '</script><script>alert(1)</script><img src=x onerror=alert(1)>'
    const trace = [{ atMs: 0, from: 'csms', kind: 'frame', text: evil }] as const
    const checks = [{ ...wrongStatus, detail: evil, frame: 0 }]
    const one = conformanceHtml(
      sampleConformance({ results: [played('TC_003', { trace, checks })] }),
    )
    expect(one).not.toContain('<script>alert')
    expect(one).not.toContain('<img src=x')
    expect(one.match(/<script>/g)).toHaveLength(1)
    expect(one).not.toMatch(/ style="/)
  })

  test('a CSMS that floods makes no page that no browser opens', () => {
    const text = '[2,"1","Heartbeat",{}]'
    const trace = Array.from({ length: 5000 }, (_, atMs) => {
      return { atMs, from: 'csms', kind: 'frame', text } as const
    })
    const checks = [{ ...wrongStatus, frame: 4000 }]
    const one = conformanceHtml(
      sampleConformance({ results: [played('TC_003', { trace, checks })] }),
    )
    expect(one).toContain('and 4800 more')
    expect(one).not.toContain('id="TC_003-4000"')
    expect(one).not.toContain('href="#TC_003-4000"')
  })

  test('it loads nothing: its policy forbids it', () => {
    expect(page).toContain('default-src &#39;none&#39;')
    expect(page).not.toMatch(/(src|href)="(https?:)?\/\//)
  })

  test('a run of nothing is a page, too', () => {
    expect(conformanceHtml(sampleConformance({ results: [] }))).toContain('no case was selected')
  })
})
