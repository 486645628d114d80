import { reasonOf } from '../../platform/operator-api.ts'
import { csmsError } from '../../shared/errors.ts'
import { type Operations, operations, type Schemas } from './operations.ts'

/** Where a running csms answers, and as whom to ask it. */
export interface ApiOptions {
  readonly api: string
  readonly apiKey?: string
}

type Id = keyof Operations

/** What an operation takes; what it does not take is left out. */
type Asked<Operation extends Id> = {
  readonly [Part in 'path' | 'query' | 'body' as keyof Operations[Operation][Part] extends never
    ? never
    : Part]: Operations[Operation][Part]
}

const patienceMs = 30_000

/** Asks the operator's API of a running csms. Throws `CSMS_API_UNREACHABLE` or `CSMS_API_REFUSED`. */
export class OperatorClient {
  readonly #options: ApiOptions

  constructor(options: ApiOptions) {
    this.#options = options
  }

  /** An operation that answers JSON or nothing. */
  async ask<Operation extends Id>(
    id: Operation,
    asked: Asked<Operation>,
  ): Promise<Operations[Operation]['answer']> {
    const response = await this.request(id, asked, AbortSignal.timeout(patienceMs))
    const text = await response.text()
    return (text === '' ? undefined : JSON.parse(text)) as Operations[Operation]['answer']
  }

  /** The response of an operation that succeeded, its body not read yet. */
  async request<Operation extends Id>(
    id: Operation,
    asked: Asked<Operation>,
    signal: AbortSignal,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Response> {
    const { api, apiKey } = this.#options
    const { path = {}, query = {}, body }: Partial<Loose> = asked
    const { method, path: pattern } = operations[id]
    const response = await fetch(urlOf(api, pattern, path, query), {
      method,
      headers: {
        ...headers,
        ...(apiKey !== undefined && { Authorization: `Bearer ${apiKey}` }),
        ...(body !== undefined && { 'Content-Type': 'application/json' }),
      },
      ...(body !== undefined && { body: JSON.stringify(body) }),
      signal,
    }).catch((error: unknown) => {
      throw csmsError('CSMS_API_UNREACHABLE', { url: api, reason: reasonOf(error) }, error)
    })
    if (!response.ok) throw await refusal(api, response)
    return response
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

async function refusal(url: string, response: Response): Promise<Error> {
  const text = await response.text().catch(() => '')
  return csmsError('CSMS_API_REFUSED', { url, message: sentenceOf(text, response.status) })
}

function sentenceOf(text: string, status: number): string {
  try {
    return (JSON.parse(text) as Schemas['Problem']).error.message
  } catch {
    return `HTTP ${status} without a word why`
  }
}
