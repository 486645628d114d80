import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { conformanceHtml } from '../src/conformance/report/html/page.ts'
import { chromiumPath, launchChromium } from './helpers/chromium.ts'
import { lowContrasts } from './helpers/contrast.ts'
import { sampleConformance } from './helpers/sample-conformance.ts'

describe.skipIf(chromiumPath === undefined)('the page of csms conformance in a browser', () => {
  let browser: Browser
  let folder = ''
  let url = ''
  beforeAll(async () => {
    browser = await launchChromium(chromiumPath ?? '')
    folder = await mkdtemp(join(tmpdir(), 'csms-conformance-html-'))
    const file = join(folder, 'report.html')
    await writeFile(file, conformanceHtml(sampleConformance()))
    url = pathToFileURL(file).href
  })
  afterAll(async () => {
    await browser.close()
    await rm(folder, { recursive: true })
  })

  async function open(
    hash: string,
    options: BrowserContextOptions = {},
  ): Promise<{ page: Page; complaints: string[] } & AsyncDisposable> {
    const context = await browser.newContext({ reducedMotion: 'reduce', ...options })
    const page = await context.newPage()
    const complaints: string[] = []
    page.on('console', (message) => complaints.push(message.text()))
    page.on('pageerror', (error) => complaints.push(error.message))
    page.on('request', (request) => {
      if (request.url().split('#')[0] !== url && !request.url().startsWith('data:')) {
        complaints.push(`request: ${request.url()}`)
      }
    })
    await page.goto(`${url}${hash}`)
    return { page, complaints, [Symbol.asyncDispose]: () => context.close() }
  }

  test.each(['light', 'dark'] as const)(
    '%s: it can be read, and complains of nothing',
    async (scheme) => {
      await using opened = await open('', { colorScheme: scheme })
      const { page, complaints } = opened
      await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
      expect(await page.evaluate(lowContrasts)).toEqual([])
      expect(complaints).toEqual([])
    },
  )

  test('a telephone scrolls it one way only', async () => {
    await using opened = await open('', { viewport: { width: 360, height: 800 } })
    const { page } = opened
    await page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(360)
  })

  test('a link to a frame unfolds its case, also one that is filtered away', async () => {
    await using opened = await open('#TC_001-2')
    const { page } = opened
    expect(await page.locator('#TC_001-2 pre').isVisible()).toBe(false)
    expect(await page.locator('#TC_001-2').isVisible()).toBe(true)
    await page.click('[data-show=red]')
    expect(await page.locator('#TC_001').isVisible()).toBe(false)
    expect(await page.locator('#TC_003').isVisible()).toBe(true)
    await page.evaluate("location.hash = '#TC_001-1'")
    await page.locator('#TC_001-1').waitFor({ state: 'visible' })
  })

  test('a frame unfolds to its text', async () => {
    await using opened = await open('')
    const { page } = opened
    await page.click('#TC_003-2 summary')
    expect(await page.locator('#TC_003-2 pre').innerText()).toContain('"status": "Acepted"')
  })

  test('it is whole without script', async () => {
    await using opened = await open('', { javaScriptEnabled: false })
    const { page } = opened
    expect(await page.locator('#TC_003 .finding').first().isVisible()).toBe(true)
    expect(await page.locator('[data-show=red]').isVisible()).toBe(false)
  })
})
