import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { root, runCli } from './helpers/cli.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-determinism-'))
})
afterAll(() => rm(folder, { recursive: true }))

const mixed = ['MeterValues', 'Heartbeat', 'StartTransaction', 'StopTransaction', 'Authorize']
const duration = 2
const rate = 220

interface Frame {
  readonly station: string
  readonly direction: string
  readonly frame: string
}

/** What each station drew: the options of its script, and its part of the mix in order. */
interface Drawn {
  readonly script: Record<string, string[]>
  readonly mix: Record<string, string[]>
}

async function drawnOn(workers: number): Promise<Drawn> {
  const out = join(folder, String(workers))
  const scenario = join(root, 'fixtures/determinism.yaml')
  const options = ['--workers', String(workers), '--frames', '--out', out, '--json', '--quiet']
  const { code, stderr } = await runCli(['simulate', scenario, ...options])
  // 5: other work on this machine made it late, which changes no draw.
  expect([0, 5], stderr).toContain(code)
  const frames = await readFrames(out)
  const drawn: Drawn = { script: {}, mix: {} }
  for (const { station, direction, frame } of frames) {
    const [type, , action, payload] = JSON.parse(frame) as [number, string, string, object]
    if (direction !== 'out' || type !== 2) continue
    if (action === 'DataTransfer') {
      drawn.script[station] ??= []
      drawn.script[station].push((payload as { readonly data: string }).data)
    } else if (action === 'TransactionEvent' || mixed.includes(action)) {
      drawn.mix[station] ??= []
      drawn.mix[station].push(nameOf(action, payload))
    }
  }
  return drawn
}

/** A run leaves one folder in `out`. */
async function readFrames(out: string): Promise<Frame[]> {
  const [run = ''] = (await readdir(out, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const text = await readFile(join(out, run, 'frames.ndjson'), 'utf8')
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line) as Frame)
}

/** 2.x tells what a transaction event is by its payload. */
function nameOf(action: string, payload: object): string {
  const { eventType } = payload as { readonly eventType?: string }
  return eventType === undefined ? action : `${action} ${eventType}`
}

describe('the same scenario and seed', () => {
  test('makes every station draw and send the same on one, two and three workers', async () => {
    const [one, two, three] = [await drawnOn(1), await drawnOn(2), await drawnOn(3)]
    expect(Object.keys(one.script).length).toBe(11)
    expect(Object.values(one.script).flat().length).toBe(11 * 8)
    expect(Object.values(one.mix).flat().length).toBe(rate * duration)
    expect(two).toEqual(one)
    expect(three).toEqual(one)
    // Stations have streams of their own: they do not all draw the same.
    expect(new Set(Object.values(one.script).map(String)).size).toBeGreaterThan(1)
    expect(new Set(Object.values(one.mix).map(String)).size).toBe(11)
  })
})
