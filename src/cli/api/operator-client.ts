import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { whyUnreadable } from '../../document/unreadable.ts'
import { type HttpResponse, httpRequest, textOf } from '../../platform/http-request.ts'
import { reasonOf } from '../../platform/operator-api.ts'
import { type CsmsError, codeOf, csmsError } from '../../shared/errors.ts'
import type { CliContext } from '../context.ts'
import type { ApiOptions } from './api-options.ts'
import { type Operations, operations, type Schemas } from './operations.ts'

type Id = keyof Operations

/** What an operation takes; what it does not take is left out. */
type Asked<Operation extends Id> = {
  readonly [Part in 'path' | 'query' | 'body' as keyof Operations[Operation][Part] extends never
    ? never
    : Part]: Operations[Operation][Part]
}

/** How a request is made. */
interface Manner {
  readonly signal: AbortSignal
  readonly headers?: Readonly<Record<string, string>>
  /** A connection that is silent for so long is given up. */
  readonly quietMs?: number
}

const patienceMs = 30_000

/**
 * Asks the operator's API of a running csms. Throws `CSMS_API_UNREACHABLE`, `CSMS_API_UNTRUSTED`,
 * `CSMS_API_KEY_REFUSED`, `CSMS_API_REFUSED`, and `CSMS_USAGE` for what can never be asked.
 */
export class OperatorClient {
  readonly #cwd: string
  readonly #options: ApiOptions
  #ca: string | undefined

  constructor({ cwd }: Pick<CliContext, 'cwd'>, options: ApiOptions) {
    this.#cwd = cwd
    this.#options = options
  }

  /** An operation that answers JSON or nothing. @param patience milliseconds */
  async ask<Operation extends Id>(
    id: Operation,
    asked: Asked<Operation>,
    patience = patienceMs,
  ): Promise<Operations[Operation]['answer']> {
    const signal = AbortSignal.timeout(patience)
    const text = await textOf(await this.request(id, asked, { signal }))
    return (text === '' ? undefined : JSON.parse(text)) as Operations[Operation]['answer']
  }

  /** The response of an operation that succeeded, its body not read yet. */
  async request<Operation extends Id>(
    id: Operation,
    asked: Asked<Operation>,
    { headers = {}, ...manner }: Manner,
  ): Promise<HttpResponse> {
    const { api, apiKey } = this.#options
    const { path = {}, query = {}, body }: Partial<Loose> = asked
    const { method, path: pattern } = operations[id]
    const response = await httpRequest(urlOf(api, pattern, path, query), {
      ...manner,
      method,
      headers: {
        ...headers,
        ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      ca: await this.#authority(),
    }).catch((error: unknown) => {
      throw unanswered(api, error)
    })
    if (response.status >= 300) throw refusal(response.status, await textOf(response))
    return response
  }

  async #authority(): Promise<string | undefined> {
    const { ca: file } = this.#options
    if (file === undefined) return undefined
    try {
      this.#ca ??= await readFile(resolve(this.#cwd, file), 'utf8')
      return this.#ca
    } catch (error) {
      throw csmsError('CSMS_CONFIG_INVALID', { file, message: `${whyUnreadable(error)}.` }, error)
    }
  }
}

type Query = Readonly<Record<string, string | number | boolean | undefined>>

interface Loose {
  readonly path: Readonly<Record<string, string>>
  readonly query: Query
  readonly body: unknown
}

function urlOf(
  api: string,
  pattern: string,
  path: Readonly<Record<string, string>>,
  query: Query,
): string {
  const filled = pattern.replaceAll(/\{(\w+)\}/g, (_match, name: string) =>
    encodeURIComponent(path[name] ?? ''),
  )
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined) parameters.set(name, String(value))
  }
  const search = parameters.size > 0 ? `?${parameters.toString()}` : ''
  return `${api.replace(/\/+$/, '')}${filled}${search}`
}

/** OpenSSL's and Node's words for a certificate that is not trusted. */
const untrusted = /CERT|SELF_SIGNED|UNABLE_TO_|HOSTNAME_MISMATCH/

function unanswered(url: string, error: unknown): CsmsError {
  const code = codeOf(error) ?? ''
  const reason = reasonOf(error)
  if (untrusted.test(code)) return csmsError('CSMS_API_UNTRUSTED', { url, reason }, error)
  const isSecure = url.startsWith('https:')
  const hint =
    isSecure && code === 'EPROTO'
      ? 'it speaks no TLS there; then its URL begins with http://'
      : !isSecure && code === 'ECONNRESET'
        ? `${reason}; where it speaks TLS, its URL begins with https://`
        : reason
  return csmsError('CSMS_API_UNREACHABLE', { url, reason: hint }, error)
}

/** 400: what was asked can never be answered, so it is the command line that is wrong. */
function refusal(status: number, text: string): CsmsError {
  const message = sentenceOf(text, status)
  if (status === 400) return csmsError('CSMS_USAGE', { message })
  return csmsError(status === 401 ? 'CSMS_API_KEY_REFUSED' : 'CSMS_API_REFUSED', { message })
}

function sentenceOf(text: string, status: number): string {
  try {
    return (JSON.parse(text) as Schemas['Problem']).error.message
  } catch {
    return `It answered HTTP ${status} without a word why: no csms?`
  }
}
