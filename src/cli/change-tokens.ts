import type { ApiOptions } from './api/api-options.ts'
import type { Schemas } from './api/operations.ts'
import { OperatorClient } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { printJson, printTable } from './print-table.ts'

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
  const tokens = await new OperatorClient(ctx, options).ask('listTokens', { query: {} })
  if (options.json) {
    printJson(ctx, { tokens })
  } else if (tokens.length === 0) {
    ctx.stderr.write('No token has a name there. "csms tokens add" gives it one.\n')
  } else {
    printTable(ctx, head, tokens.map(row))
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
  printJson(
    ctx,
    await new OperatorClient(ctx, options).ask('putToken', { path: { idToken }, body }),
  )
}

export async function setStatus(
  ctx: CliContext,
  idToken: string,
  status: Token['status'],
  options: ApiOptions,
): Promise<void> {
  const client = new OperatorClient(ctx, options)
  printJson(ctx, await client.ask('patchToken', { path: { idToken }, body: { status } }))
}

export async function removeToken(
  ctx: CliContext,
  idToken: string,
  options: ApiOptions,
): Promise<void> {
  await new OperatorClient(ctx, options).ask('deleteToken', { path: { idToken } })
  ctx.stdout.write(`${idToken} is forgotten.\n`)
}

const head = ['token', 'status', 'group', 'expiry', 'type', 'at a time']

function row({ idToken, status, groupId, expiry, type, concurrent }: Token): readonly string[] {
  return [
    idToken,
    status,
    groupId ?? '',
    expiry ?? '',
    type ?? '',
    concurrent === false ? 'one' : '',
  ]
}
