import type { Clock } from '../../../shared/clock.ts'

/** A request that an API takes. */
export interface ApiRequest {
  readonly method: string
  /** Below the URL of the API; its query is kept. */
  readonly path: string
  readonly query?: Readonly<Record<string, string>>
  /** JSON; undefined: none. */
  readonly body?: unknown
}

export interface ApiAnswer {
  readonly status: number
  /** Of its JSON; undefined where it is none. */
  readonly body: unknown
  /** For people: what was asked, and what came of it. */
  readonly words: string
}

/** The API of a preset, for what takes more than one request. */
export interface Asking {
  readonly clock: Clock
  /** Rejects where no answer came. */
  ask(request: ApiRequest): Promise<ApiAnswer>
}
