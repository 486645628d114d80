import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { whyUnreadable } from '../document/unreadable.ts'
import { csmsError } from '../shared/errors.ts'
import type { CliContext } from './context.ts'

/** Where a password may come from; never from the command line, which every user of a machine sees. */
export const passwordVariable = 'CSMS_STATION_PASSWORD'

/**
 * A password from a file, `-` being standard input, or else from the environment; without the end of
 * its line. Undefined where neither says one.
 */
export async function readPassword(
  ctx: CliContext,
  file: string | undefined,
): Promise<string | undefined> {
  const text = file === undefined ? ctx.env[passwordVariable] : await read(ctx, file)
  if (text === undefined) return undefined
  const password = text.replace(/\r?\n$/, '')
  if (password !== '') return password
  throw csmsError('CSMS_USAGE', {
    message: `There is no password in ${file === '-' ? 'standard input' : (file ?? passwordVariable)}.`,
  })
}

async function read(ctx: CliContext, file: string): Promise<string> {
  if (file === '-') return ctx.stdin()
  try {
    return await readFile(resolve(ctx.cwd, file), 'utf8')
  } catch (error) {
    throw csmsError('CSMS_CONFIG_INVALID', { file, message: `${whyUnreadable(error)}.` }, error)
  }
}
