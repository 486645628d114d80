import { existsSync } from 'node:fs'
import { rename, rm, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import type { ApiSettings } from '../csms/api/access/access.ts'
import {
  type ApiKey,
  hashApiKey,
  isApiKeyHash,
  isRole,
  makeApiKey,
  type Role,
  roles,
} from '../csms/api/access/api-key.ts'
import { isLoopback } from '../csms/api/access/origin.ts'
import { readPayments } from '../csms/payments/payment-file.ts'
import { unwritable } from '../report/write-file.ts'
import { csmsError } from '../shared/errors.ts'
import type { CliContext } from './context.ts'
import { readRecords } from './data-file.ts'
import type { ServeOptions } from './serve-options.ts'

/**
 * Who may ask the API of `csms serve`. Throws `CSMS_API_KEYS_REQUIRED` where other machines could
 * reach it, or drivers a payment page beside it, and there are no keys; `CSMS_CONFIG_INVALID` for a
 * file that is none.
 */
export async function apiSettings(
  { cwd }: CliContext,
  { host: hosts = [], apiKeys: file, apiRate: rate, payments }: ServeOptions,
): Promise<ApiSettings> {
  const keys = file === undefined ? [] : await readApiKeys(cwd, file)
  if (file !== undefined && keys.length === 0) {
    throw invalid(file, 'it holds no key; "csms api-keys add" makes one.')
  }
  // Drivers come from elsewhere, through a proxy perhaps: to this side it looks like this machine.
  const page = payments === undefined ? [] : [paymentHost(resolve(cwd, payments))]
  const exposed = [...hosts, ...page].find((host) => host !== 'localhost' && !isLoopback(host))
  if (exposed !== undefined && keys.length === 0) {
    throw csmsError('CSMS_API_KEYS_REQUIRED', { host: exposed })
  }
  return { keys, rate }
}

/** Where drivers reach the payment page. Throws `CSMS_CONFIG_INVALID`. */
function paymentHost(file: string): string {
  const { hostname } = new URL(readPayments(file).url)
  return hostname.replace(/^\[(.*)\]$/, '$1')
}

/** Makes a key and shows it once. */
export async function addApiKey(
  ctx: CliContext,
  file: string,
  name: string,
  role: Role,
): Promise<void> {
  const keys = existsSync(resolve(ctx.cwd, file)) ? await readApiKeys(ctx.cwd, file) : []
  if (keys.some((known) => known.name === name)) {
    throw csmsError('CSMS_USAGE', { message: `${file} has a key "${name}" already.` })
  }
  const key = makeApiKey()
  await write(ctx, file, [...keys, { name, role, hash: hashApiKey(key) }])
  ctx.stderr.write(`A key of ${name}, ${role}. It is shown this once:\n`)
  ctx.stdout.write(`${key}\n`)
}

export async function listApiKeys(ctx: CliContext, file: string): Promise<void> {
  const keys = await readApiKeys(ctx.cwd, file)
  for (const { name, role } of keys) ctx.stdout.write(`${role.padEnd(8)}  ${name}\n`)
}

export async function removeApiKey(ctx: CliContext, file: string, name: string): Promise<void> {
  const keys = await readApiKeys(ctx.cwd, file)
  const left = keys.filter((known) => known.name !== name)
  if (left.length === keys.length) {
    throw csmsError('CSMS_USAGE', { message: `${file} has no key "${name}".` })
  }
  await write(ctx, file, left)
  ctx.stderr.write(`The key of ${name} is gone.\n`)
}

async function readApiKeys(cwd: string, file: string): Promise<readonly ApiKey[]> {
  const records = await readRecords(cwd, file)
  const keys = records.map((record) => keyOf(file, record))
  const names = new Set(keys.map(({ name }) => name))
  if (names.size < keys.length) throw invalid(file, 'two keys have the same name.')
  return keys
}

function keyOf(file: string, record: Readonly<Record<string, unknown>>): ApiKey {
  const { name, role, hash } = record
  if (typeof name !== 'string' || name === '') throw invalid(file, 'a key has no "name".')
  if (typeof role !== 'string' || !isRole(role)) {
    throw invalid(file, `the role of ${name} is none of ${roles.join(', ')}.`)
  }
  if (typeof hash !== 'string' || !isApiKeyHash(hash)) {
    throw invalid(file, `the hash of ${name} is none; "csms api-keys add" makes it.`)
  }
  return { name, role, hash }
}

/** Only its owner reads it; in one step, so that a server that starts never reads half. */
async function write({ cwd }: CliContext, file: string, keys: readonly ApiKey[]): Promise<void> {
  const path = resolve(cwd, file)
  try {
    await writeFile(`${path}.next`, `${JSON.stringify(keys, undefined, 2)}\n`, { mode: 0o600 })
    await rename(`${path}.next`, path)
  } catch (error) {
    await rm(`${path}.next`, { force: true }).catch(() => undefined)
    throw unwritable(file, error)
  }
}

function invalid(file: string, message: string): Error {
  return csmsError('CSMS_CONFIG_INVALID', { file, message })
}
