import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const usualPlaces = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Where a Chromium lies: `CSMS_CHROMIUM`, else the usual places; undefined where there is none. */
export const chromiumPath: string | undefined =
  process.env['CSMS_CHROMIUM'] ?? usualPlaces.find((path) => existsSync(path))

/** A headless browser with an empty profile of its own that talks to nobody by itself. */
export function launchChromium(executablePath: string): Promise<Browser> {
  const quiet = ['background-networking', 'component-update', 'sync', 'gpu']
  return chromium.launch({
    executablePath,
    args: ['--no-sandbox', ...quiet.map((what) => `--disable-${what}`)],
  })
}
