import { mkdtemp } from 'node:fs/promises'
import { join } from 'node:path'
import { BenchProcess } from './bench-process.ts'
import { bin } from './measure.ts'
import type { LoadServer } from './servers.ts'

/** `csms serve` with every promise, each run with an empty folder of its own in `parent`. */
export function durableServers(parent: string): LoadServer[] {
  const withData = ['none', 'batch', 'strict'].map((durability) => ({
    name: `--durability ${durability}`,
    start: async () =>
      serve('--data', await mkdtemp(join(parent, 'data-')), '--durability', durability),
  }))
  return [{ name: 'without --data', start: () => serve() }, ...withData]
}

async function serve(...args: readonly string[]) {
  const command = [bin, 'serve', '--port', '0', '--log-format', 'json', ...args]
  const process = new BenchProcess(globalThis.process.execPath, command)
  const { url } = await process.next<{ url: string }>()
  return { process, url }
}
