import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { whyUnreadable } from '../document/unreadable.ts'
import { reasonOf } from '../platform/operator-api.ts'
import { csmsError } from '../shared/errors.ts'
import { type ExitCode, exitCodes } from '../shared/exit-codes.ts'
import type { ApiOptions } from './api/api-options.ts'
import type { Schemas } from './api/operations.ts'
import { OperatorClient } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { printJson } from './print-table.ts'

export interface SendOptions extends ApiOptions {
  /** Milliseconds. */
  readonly wait: number
}

/** The API ends a wait itself; this is for one that does not. */
const graceMs = 10_000

/** Sends one CALL through the operator's API and prints what came of it. */
export async function sendCommand(
  ctx: CliContext,
  call: { readonly station: string; readonly action: string; readonly payload: string },
  options: SendOptions,
): Promise<void> {
  const { station: stationId, action } = call
  const body = { ...(await readPayload(ctx, call.payload)) }
  const asked = { path: { stationId, action }, query: { wait: `${options.wait}ms` }, body }
  const client = new OperatorClient(ctx, options)
  ctx.exit(print(ctx, await client.ask('sendCommand', asked, options.wait + graceMs)))
}

function print(ctx: CliContext, answer: Schemas['CommandAnswer']): ExitCode {
  if (answer.status === 'answered') {
    printJson(ctx, answer.payload)
    return exitCodes.passed
  }
  const { code, description, details } = answer
  printJson(ctx, { code, description, details })
  ctx.stderr.write(`The station answered with the CALLERROR ${code}.\n`)
  return exitCodes.conformance
}

async function readPayload(ctx: CliContext, argument: string): Promise<object> {
  const text = await readArgument(ctx, argument)
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  } catch (error) {
    throw csmsError(
      'CSMS_USAGE',
      { message: `The payload is not JSON: ${reasonOf(error)}.` },
      error,
    )
  }
  throw csmsError('CSMS_USAGE', { message: 'The payload must be a JSON object.' })
}

async function readArgument(ctx: CliContext, argument: string): Promise<string> {
  if (argument === '-') return ctx.stdin()
  if (!argument.startsWith('@')) return argument
  try {
    return await readFile(resolve(ctx.cwd, argument.slice(1)), 'utf8')
  } catch (error) {
    const message = `Cannot read ${argument.slice(1)}: ${whyUnreadable(error)}.`
    throw csmsError('CSMS_USAGE', { message }, error)
  }
}
