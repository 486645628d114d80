import { appendFile } from 'node:fs/promises'
import { unwritable } from '../report/write-file.ts'
import type { CliContext } from './context.ts'

/** A run for the page that GitHub Actions shows of it. */
interface Told {
  readonly annotations: string
  /** Markdown. */
  readonly summary: string
}

/**
 * Annotations go to standard error, which the runner reads, too: standard output holds data.
 *
 * @throws CSMS_OUTPUT_UNWRITABLE
 */
export async function tellGithub(
  ctx: Pick<CliContext, 'env' | 'stderr'>,
  { annotations, summary }: Told,
): Promise<void> {
  ctx.stderr.write(annotations)
  const path = ctx.env['GITHUB_STEP_SUMMARY']
  if (path === undefined || path === '') return
  try {
    await appendFile(path, `${summary}\n`)
  } catch (error) {
    throw unwritable(path, error)
  }
}
