import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { FrameLog } from './frame-log.ts'

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-frames-'))
})
afterAll(() => rm(folder, { recursive: true }))

const heartbeat = '[2,"1","Heartbeat",{}]'

describe('FrameLog', () => {
  test('writes a line per frame', async () => {
    const path = join(folder, 'frames.ndjson')
    const failures: string[] = []
    const log = new FrameLog(path, new VirtualClock(), (reason) => failures.push(reason))
    log.add('CP1', 'out', heartbeat)
    log.add('CP1', 'in', '[3,"1",{}]')
    log.close()
    const lines = (await readFile(path, 'utf8')).trimEnd().split('\n')
    expect(lines.map((line) => JSON.parse(line) as unknown)).toMatchObject([
      { station: 'CP1', direction: 'out' },
      { station: 'CP1', direction: 'in' },
    ])
    expect(failures).toEqual([])
  })

  test('where frames cannot be kept it says so once and throws nothing', () => {
    const failures: string[] = []
    const path = join(folder, 'none', 'frames.ndjson')
    const log = new FrameLog(path, new VirtualClock(), (reason) => failures.push(reason))
    for (let i = 0; i < 3; i += 1) {
      log.add('CP1', 'out', heartbeat)
      log.flush()
    }
    log.close()
    expect(failures).toEqual([expect.stringMatching(/^frames could not be kept: ENOENT/)])
  })
})
