import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildReport } from '../src/report/build-report.ts'
import { reportHtml } from '../src/report/html/page.ts'
import type { Report } from '../src/report/result.ts'
import { chromiumPath, launchChromium } from './helpers/chromium.ts'
import { lowContrasts } from './helpers/contrast.ts'
import { load, quickstart } from './helpers/sample-run.ts'

const busy: Report = {
  ...buildReport(
    load({
      perSecond: 40,
      lagMicros: 3000,
      outcome: (n) => (n % 200 === 199 ? 'timeout' : 'result'),
      violate: (recorder, n, at) => {
        const frame = '[3,"k3v9xq-CITY-7",{"currentTime":"yesterday"}]'
        const violation = {
          rule: 'RPC_RESPONSE_SCHEMA',
          level: 'MUST' as const,
          detail: `/currentTime must match format "date-time" (${n})`,
          frame,
        }
        if (n % 500 === 7) recorder.violated(violation, 'CITY-0007', at)
      },
    }),
  ),
  timeline: [{ atSecond: 20, label: 'district outage' }],
}

function pixelsOf(id: string): string {
  return `(() => {
    const canvas = document.querySelector('#${id} canvas')
    const copy = new OffscreenCanvas(canvas.width, canvas.height)
    const context = copy.getContext('2d', { willReadFrequently: true })
    context.drawImage(canvas, 0, 0)
    return context.getImageData(0, 0, copy.width, copy.height).data
  })()`
}

describe.skipIf(chromiumPath === undefined)('report.html in a browser', () => {
  let browser: Browser
  let folder = ''
  let pages = 0
  beforeAll(async () => {
    browser = await launchChromium(chromiumPath ?? '')
    folder = await mkdtemp(join(tmpdir(), 'csms-html-'))
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  /** The page of a report, and everything that it complained about or asked for. */
  async function open(
    report: Report,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[] } & AsyncDisposable> {
    const file = join(folder, `${(pages += 1)}.html`)
    await writeFile(file, reportHtml(report))
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...options,
    })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('dialog', (dialog) => complaints.push(`dialog: ${dialog.message()}`))
    const url = pathToFileURL(file).href
    page.on('request', (request) => {
      const asked = request.url()
      if (asked !== url && !asked.startsWith('data:')) complaints.push(`request: ${asked}`)
    })
    await page.goto(url)
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
  }

  /** How many different colours each chart shows. */
  function coloursOfCharts(page: Page): Promise<Record<string, number>> {
    return page.evaluate(`Object.fromEntries([...document.querySelectorAll('.plot')].map((plot) => {
      const canvas = plot.querySelector('canvas')
      if (!canvas) return [plot.id, 0]
      const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height)
      return [plot.id, new Set(new Uint32Array(data.buffer)).size]
    }))`)
  }

  /** Remembers what a chart shows, for `hasChanged`. */
  async function remember(page: Page, ...ids: readonly string[]): Promise<void> {
    for (const id of ids) await page.evaluate(`window['${id}'] = ${pixelsOf(id)}`)
  }

  /** Whether a chart shows something else; a browser may draw the same a shade differently. */
  async function hasChanged(page: Page, id: string): Promise<boolean> {
    const changed = await page.evaluate<number>(`(() => {
      const [before, now] = [window['${id}'], ${pixelsOf(id)}]
      return now.filter((value, at) => Math.abs(value - (before[at] ?? -99)) > 40).length
    })()`)
    return changed > 100
  }

  function textOf(page: Page, selector: string): Promise<string> {
    return page.locator(selector).first().innerText()
  }

  /** Drags over the middle third of a chart. */
  async function zoomInto(page: Page, id: string): Promise<void> {
    const over = page.locator(`#${id} .u-over`)
    await over.scrollIntoViewIfNeeded()
    const box = await over.boundingBox()
    if (!box) throw new Error(`no ${id}`)
    await page.mouse.move(box.x + box.width / 3, box.y + box.height / 2)
    await page.mouse.down()
    await page.mouse.move(box.x + (2 * box.width) / 3, box.y + box.height / 2, { steps: 5 })
    await page.mouse.up()
  }

  test('says the verdict large enough to be read from across the room, and why', async () => {
    await using opened = await open(busy)
    const { page, complaints } = opened
    expect(await textOf(page, 'h1')).toMatch(/✗\s*FAIL\s+city-load/)
    const size = await page.evaluate<number>(
      `parseFloat(getComputedStyle(document.querySelector('.verdict')).fontSize)`,
    )
    expect(size).toBeGreaterThanOrEqual(96)
    expect(await textOf(page, '.why')).toContain('broke RPC_RESPONSE_SCHEMA')
    expect(await page.locator('.why').isVisible()).toBe(true)
    expect(complaints).toEqual([])
  })

  test('its numbers are those of the report', async () => {
    await using opened = await open(busy)
    const { page } = opened
    const numbers = async (selector: string): Promise<number[]> => {
      const text = (await page.locator(selector).allInnerTexts()).join(' ')
      return (text.match(/\d[\d,.]*/g) ?? []).map((number) => Number(number.replace(/,/g, '')))
    }
    const close = (shown: number | undefined, real: number | null): void => {
      expect(Math.abs((shown ?? Number.NaN) - (real ?? Number.NaN))).toBeLessThan(
        (real ?? 0) * 0.006,
      )
    }
    const [p50, p95, p99] = await numbers('.triple dd')
    close(p50, busy.responseTimeMs.p50)
    close(p95, busy.responseTimeMs.p95)
    close(p99, busy.responseTimeMs.p99)
    const [achieved, , errors, accepted, requested] = [
      ...(await numbers('.key:nth-child(1) .figure')),
      0,
      ...(await numbers('.key:nth-child(3) .figure')),
      ...(await numbers('.key:nth-child(4) .figure')),
    ]
    close(achieved, busy.exchanges.perSecond)
    expect(errors).toBe(busy.exchanges.timeouts + busy.exchanges.lost)
    expect([accepted, requested]).toEqual([busy.stations.accepted, busy.stations.requested])
    const actions = page.locator('#actions tbody tr')
    expect(await actions.count()).toBe(Object.keys(busy.actions).length)
    const heartbeat = busy.actions['Heartbeat']
    const row = await page.locator('#actions tr', { hasText: 'Heartbeat' }).innerText()
    expect(row.split(/\s+/)[1]?.replace(/,/g, '')).toBe(String(heartbeat?.exchanges.started))
  })

  test('draws every chart', async () => {
    await using opened = await open(busy)
    const { page, complaints } = opened
    const colours = await coloursOfCharts(page)
    expect(Object.keys(colours)).toEqual([
      ...['rates', 'response', 'connections', 'errors', 'backlog', 'cpu', 'lag'].map(
        (id) => `chart-${id}`,
      ),
      'chart-histogram',
      'chart-percentiles',
    ])
    for (const [id, count] of Object.entries(colours)) expect([id, count > 10]).toEqual([id, true])
    expect(complaints).toEqual([])
  })

  test('dragging zooms all charts over time, double-clicking shows all again', async () => {
    await using opened = await open(busy)
    const { page, complaints } = opened
    await remember(page, 'chart-connections', 'chart-lag', 'chart-percentiles')
    await zoomInto(page, 'chart-rates')
    const all = page.locator('[data-zoom-out]')
    await all.waitFor({ state: 'visible' })
    expect(await all.innerText()).toMatch(/^0:2\d to 0:4\d: see all again$/)
    await expect.poll(() => hasChanged(page, 'chart-connections')).toBe(true)
    expect(await hasChanged(page, 'chart-lag')).toBe(true)
    expect(await hasChanged(page, 'chart-percentiles')).toBe(false)
    await page.locator('#chart-rates .u-over').dblclick()
    await all.waitFor({ state: 'hidden' })
    await page.mouse.move(0, 0)
    await expect.poll(() => hasChanged(page, 'chart-connections')).toBe(false)
    await zoomInto(page, 'chart-lag')
    await all.click()
    await expect.poll(() => hasChanged(page, 'chart-connections')).toBe(false)
    expect(complaints).toEqual([])
  })

  test('the cursor of one chart reads the values of all', async () => {
    await using opened = await open(busy)
    const { page } = opened
    const over = page.locator('#chart-rates .u-over')
    await over.scrollIntoViewIfNeeded()
    await over.hover()
    const legend = page.locator('#chart-connections-legend')
    await expect.poll(() => legend.innerText()).toMatch(/connected 400\s*0:3\d/)
    const second = Number(/0:(\d\d)/.exec(await legend.innerText())?.[1])
    const offered = busy.series.find((point) => point.second === second)?.offeredPerSecond
    const shown = /offered ([\d,.]+)\/s/.exec(await textOf(page, '#chart-rates-legend'))?.[1]
    expect(Number(shown)).toBeCloseTo(offered ?? Number.NaN, 0)
  })

  test('the scale of response times can be chosen', async () => {
    await using opened = await open(busy)
    const { page } = opened
    await remember(page, 'chart-response')
    const button = page.locator('[data-logarithmic=response]')
    const pressed = await button.getAttribute('aria-pressed')
    await button.click()
    expect(await button.getAttribute('aria-pressed')).toBe(pressed === 'true' ? 'false' : 'true')
    expect(await hasChanged(page, 'chart-response')).toBe(true)
    await button.click()
    expect(await hasChanged(page, 'chart-response')).toBe(false)
  })

  test('a table can be sorted by a column', async () => {
    await using opened = await open(buildReport(quickstart()))
    const { page } = opened
    const counts = async (): Promise<number[]> => {
      const cells = await page
        .locator('#actions tbody tr:first-child td:nth-child(2)')
        .allInnerTexts()
      return cells.map((cell) => Number(cell.replace(/,/g, '')))
    }
    await page.getByRole('button', { name: 'Action', exact: true }).click()
    const names = await page.locator('#actions tbody tr:first-child th').allInnerTexts()
    expect([...names].sort((a, b) => a.localeCompare(b))).toEqual(names)
    await page.getByRole('button', { name: 'exchanges', exact: true }).click()
    const falling = await counts()
    expect([...falling].sort((a, b) => b - a)).toEqual(falling)
    await page.getByRole('button', { name: 'exchanges', exact: true }).click()
    expect(await counts()).toEqual(falling.reverse())
  })

  test.each(['light', 'dark'] as const)('every text is readable: %s', async (colorScheme) => {
    for (const report of [busy, buildReport(quickstart())]) {
      await using opened = await open(report, { colorScheme })
      const { page } = opened
      const ground = await page.evaluate<string>(
        `getComputedStyle(document.documentElement).backgroundColor`,
      )
      const bright = Number(/\d+/.exec(ground)?.[0]) > 127
      expect(bright).toBe(colorScheme === 'light')
      expect(await page.evaluate(lowContrasts)).toEqual([])
    }
  })

  test('the toggle turns dark into light, is remembered, and the charts follow', async () => {
    await using opened = await open(busy, { colorScheme: 'dark' })
    const { page } = opened
    await remember(page, 'chart-rates')
    const ground = () =>
      page.evaluate<string>(`getComputedStyle(document.documentElement).backgroundColor`)
    const dark = await ground()
    await page.getByRole('button', { name: 'Light' }).click()
    expect(await ground()).not.toBe(dark)
    expect(await hasChanged(page, 'chart-rates')).toBe(true)
    expect(await page.evaluate(lowContrasts)).toEqual([])
    await page.reload()
    expect(await ground()).not.toBe(dark)
  })

  test.each([360, 400, 768, 1280, 2560])(
    'nothing is wider than the page at %d px',
    async (width) => {
      for (const report of [busy, buildReport(quickstart())]) {
        await using opened = await open(report, { viewport: { width, height: 800 } })
        const { page } = opened
        const beyond = await page.evaluate<number>(
          `document.documentElement.scrollWidth - innerWidth`,
        )
        expect(beyond).toBeLessThanOrEqual(0)
      }
    },
  )

  test('without JavaScript figures and tables are there, and the charts say what they need', async () => {
    await using opened = await open(busy, { javaScriptEnabled: false })
    const { page } = opened
    expect(await page.getByText('The charts need JavaScript').isVisible()).toBe(true)
    expect(await page.locator('.triple dd').first().isVisible()).toBe(true)
    expect(await page.locator('#actions table').isVisible()).toBe(true)
    expect(await page.locator('button:visible').count()).toBe(0)
  })

  test('names and texts cannot become elements or scripts', async () => {
    const evil = `<img src=x onerror="alert(1)"></script><script>alert(2)</script>`
    await using opened = await open({
      ...busy,
      scenario: { ...busy.scenario, name: evil, file: evil },
      reasons: [evil],
      warnings: [evil],
      timeline: [{ atSecond: 1, label: evil }],
      actions: { [evil]: busy.actions['Heartbeat'] ?? Object.values(busy.actions)[0]! },
    })
    const { page, complaints } = opened
    expect(await textOf(page, '.why')).toBe(evil)
    expect(await page.locator('img').count()).toBe(0)
    expect(await page.locator('script').count()).toBe(3)
    expect(Math.min(...Object.values(await coloursOfCharts(page)))).toBeGreaterThan(10)
    expect(complaints).toEqual([])
  })

  test('its policy keeps the network out even of a script that got in', async () => {
    let asked = 0
    const server = createServer((_, response) => {
      asked += 1
      response.end()
    }).listen(0, '127.0.0.1')
    await once(server, 'listening')
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
    try {
      await using opened = await open(busy)
      const { page } = opened
      const fetched = await page.evaluate(
        `fetch('${url}', { mode: 'no-cors' }).then(() => 'sent', () => 'refused')`,
      )
      expect(fetched).toBe('refused')
      await page.evaluate(`new Promise((done) => {
        const image = document.createElement('img')
        image.onerror = done
        image.src = '${url}'
        document.body.append(image)
      })`)
      await page.evaluate(`(() => {
        const script = document.createElement('script')
        script.textContent = 'window.gotIn = true'
        document.body.append(script)
      })()`)
      expect(await page.evaluate('window.gotIn')).toBeUndefined()
      expect(asked).toBe(0)
    } finally {
      server.close()
    }
  })

  test('on paper it is light, unfolded, and without what only a screen can do', async () => {
    await using opened = await open(busy, { colorScheme: 'dark' })
    const { page } = opened
    await page.emulateMedia({ media: 'print' })
    await page.evaluate(`dispatchEvent(new Event('beforeprint'))`)
    expect(await page.locator('details:not([open])').count()).toBe(0)
    expect(await page.getByRole('button', { name: 'See all again' }).isVisible()).toBe(false)
    expect(await page.getByRole('button', { name: 'Light' }).isVisible()).toBe(false)
    expect(await page.getByRole('columnheader', { name: 'exchanges' }).isVisible()).toBe(true)
    expect(await page.evaluate(lowContrasts)).toEqual([])
    await page.evaluate(`dispatchEvent(new Event('afterprint'))`)
    expect(await page.locator('details:not([open])').count()).toBeGreaterThan(0)
  })

  test('an hour of seconds is drawn, and so is a search for the highest rate', async () => {
    const point = busy.series.at(20)
    if (!point) throw new Error('no sample')
    const series = Array.from({ length: 3600 }, (_, second) => ({ ...point, second }))
    const probe = { p50: 1, p95: 2, p99: 3, errors: 0, backlogSlope: 0, reasons: [] }
    const probes = [1000, 2000].map((rate) => ({
      ...probe,
      offeredPerSecond: rate,
      achievedPerSecond: rate,
      generatorLagP99: null,
      cpu: null,
      verdict: 'held' as const,
      confirming: false,
    }))
    const findMax = { sustainedPerSecond: 2000, limitedBy: null, brokeFirst: null, probes }
    await using opened = await open({ ...busy, series, findMax })
    const { page, complaints } = opened
    const colours = await coloursOfCharts(page)
    expect(colours['chart-find-max']).toBeGreaterThan(10)
    expect(colours['chart-rates']).toBeGreaterThan(10)
    expect(complaints).toEqual([])
  })

  test('a run that reached nobody is a page, too', async () => {
    const report = buildReport({
      ...quickstart(),
      series: { intervalSeconds: 1, points: [], peakConnected: 0 },
      target: { url: 'ws://127.0.0.1:1', embedded: false, usage: [] },
      end: { kind: 'unreachable', reason: 'connection refused' },
    })
    await using opened = await open({ ...report, actions: {} })
    const { page, complaints } = opened
    expect(await textOf(page, 'h1')).toContain('FAIL')
    expect(await page.locator('#over-time').count()).toBe(0)
    expect(complaints).toEqual([])
  })
})
