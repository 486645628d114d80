import { cut, tableLines } from '../report/table.ts'
import type { Schemas } from './api/operations.ts'
import { type ApiOptions, OperatorClient } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { terminalStyle } from './terminal-style.ts'

type Token = Schemas['Token']

export interface TokensOptions extends ApiOptions {
  readonly json?: boolean
}

export interface TokenOptions extends ApiOptions {
  readonly type?: string
  readonly status: Token['status']
  readonly expiry?: string
  readonly group?: string
  readonly oneAtATime?: boolean
}

export async function listTokens(ctx: CliContext, options: TokensOptions): Promise<void> {
  const all = await new OperatorClient(options).ask('listTokens', {})
  if (options.json) {
    ctx.stdout.write(`${JSON.stringify(all, undefined, 2)}\n`)
  } else if (all.length === 0) {
    ctx.stderr.write('No token has a name there. "csms tokens add" gives it one.\n')
  } else {
    const [head = '', ...rows] = tableLines(table(all))
    ctx.stdout.write(`${[terminalStyle(ctx.colour).dim(head), ...rows].join('\n')}\n`)
  }
}

export async function addToken(
  ctx: CliContext,
  idToken: string,
  options: TokenOptions,
): Promise<void> {
  const { status, type, expiry, group, oneAtATime } = options
  const body = {
    status,
    ...(type !== undefined && { type }),
    ...(expiry !== undefined && { expiry }),
    ...(group !== undefined && { groupId: group }),
    ...(oneAtATime && { concurrent: false }),
  }
  print(ctx, await new OperatorClient(options).ask('putToken', { path: { idToken }, body }))
}

export async function setStatus(
  ctx: CliContext,
  idToken: string,
  status: Token['status'],
  options: ApiOptions,
): Promise<void> {
  const client = new OperatorClient(options)
  print(ctx, await client.ask('patchToken', { path: { idToken }, body: { status } }))
}

export async function removeToken(
  ctx: CliContext,
  idToken: string,
  options: ApiOptions,
): Promise<void> {
  await new OperatorClient(options).ask('deleteToken', { path: { idToken } })
  ctx.stderr.write(`${idToken} is forgotten.\n`)
}

function print(ctx: CliContext, token: Token): void {
  ctx.stdout.write(`${JSON.stringify(token, undefined, 2)}\n`)
}

function table(all: readonly Token[]) {
  return {
    head: ['token', 'status', 'group', 'expiry', 'type', 'at a time'],
    rows: all.map(({ idToken, status, groupId, expiry, type, concurrent }) => [
      cut(idToken, 36),
      status,
      cut(groupId ?? '', 36),
      expiry ?? '',
      cut(type ?? '', 20),
      concurrent === false ? 'one' : '',
    ]),
  }
}
