import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../shared/clock.ts'
import type { CsmsObserver } from '../events.ts'
import type { Operations } from './operations.ts'

/** What the API's routes work with. */
export interface ApiServices {
  readonly operations: Operations
  /** Real time. */
  readonly clock: Clock
  readonly startedMicros: number
  readonly runId: string
  /** Hears of requests that failed in here. */
  readonly emit: CsmsObserver | undefined
}

interface ApiRequest {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The decoded variable segments of the path, in order. */
  readonly path: readonly string[]
  readonly query: URLSearchParams
  readonly services: ApiServices
}

/** Answers one method of one path; throws a `Problem` to answer with it. */
export type Route = (request: ApiRequest) => void | Promise<void>
