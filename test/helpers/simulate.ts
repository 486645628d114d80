import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '../../src/report/result.ts'
import { root, runCli } from './cli.ts'

/** Runs the built `csms simulate --json`; its report folder is gone afterwards. */
export async function simulate(...args: readonly string[]): Promise<Report> {
  const out = await mkdtemp(join(tmpdir(), 'csms-test-'))
  try {
    const run = await runCli(['simulate', ...args, '--out', out, '--json', '--quiet'])
    if (run.stdout === '') throw new Error(`no report, exit code ${run.code}: ${run.stderr}`)
    return JSON.parse(run.stdout) as Report
  } finally {
    await rm(out, { recursive: true, force: true })
  }
}

/**
 * A copy of a shipped scenario for tests that are not about times: what it demands of them, every
 * machine holds, however busy.
 */
export async function untimed(name: string, folder: string): Promise<string> {
  const text = await readFile(join(root, 'scenarios', name), 'utf8')
  const copy = join(folder, name)
  await writeFile(copy, text.replaceAll(/p\(\d+\)<\d+/g, 'p(95)<600000'))
  return copy
}
