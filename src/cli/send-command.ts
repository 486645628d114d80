import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { type CommandAnswer, postCommand, reasonOf } from '../platform/operator-api.ts'
import { csmsError } from '../shared/errors.ts'
import { type ExitCode, exitCodes } from '../shared/exit-codes.ts'
import type { ApiOptions } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { whyUnreadable } from './unreadable.ts'

export interface SendOptions extends ApiOptions {
  /** Milliseconds. */
  readonly wait: number
}

/** Sends one CALL through the operator's API and prints what came of it. */
export async function sendCommand(
  ctx: CliContext,
  call: { readonly station: string; readonly action: string; readonly payload: string },
  options: SendOptions,
): Promise<void> {
  const payload = await readPayload(ctx, call.payload)
  const { station: stationId, action } = call
  const answer = await postCommand(options.api, {
    stationId,
    action,
    payload,
    waitMs: options.wait,
    apiKey: options.apiKey,
  })
  if (answer.status === 'unreachable') {
    throw csmsError('CSMS_API_UNREACHABLE', { url: options.api, reason: answer.reason })
  }
  ctx.exit(print(ctx, answer))
}

function print(
  ctx: CliContext,
  answer: Exclude<CommandAnswer, { status: 'unreachable' }>,
): ExitCode {
  if (answer.status === 'answered') {
    ctx.stdout.write(`${JSON.stringify(answer.payload, undefined, 2)}\n`)
    return exitCodes.passed
  }
  if (answer.status === 'callError') {
    const { code, description, details } = answer
    ctx.stdout.write(`${JSON.stringify({ code, description, details }, undefined, 2)}\n`)
    ctx.stderr.write(`The station answered with the CALLERROR ${code}.\n`)
    return exitCodes.conformance
  }
  ctx.stderr.write(`${answer.message}\n`)
  // 400: what was asked for can never be sent, so it is the command line that is wrong.
  return answer.httpStatus === 400 ? exitCodes.usage : exitCodes.targetUnreachable
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
