import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../shared/clock.ts'
import type { Domain } from '../domain/domain.ts'
import type { Commander } from '../gateway/commander.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Store } from '../store/store.ts'

/** What the API's routes work with. */
export interface ApiServices {
  readonly domain: Domain
  readonly gateway: Gateway
  readonly commander: Commander
  readonly store: Store
  /** Real time. */
  readonly clock: Clock
  readonly startedMicros: number
  readonly runId: string
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
