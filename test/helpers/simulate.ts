import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Report } from '../../src/report/result.ts'
import { runCli } from './cli.ts'

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
