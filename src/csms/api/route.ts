import type { IncomingMessage, ServerResponse } from 'node:http'
import type { Clock } from '../../shared/clock.ts'
import type { CertificateDesk } from '../authority.ts'
import type { EventHub } from '../event-hub.ts'
import type { FileFolder } from '../files/file-folder.ts'
import type { Caller, LeastRole } from './access/access.ts'
import type { Body } from './body.ts'
import type { Operations } from './operations.ts'
import { type Parameters, readParameters, type ValuesOf } from './parameters.ts'
import type { Schema } from './schema.ts'

/** What the API's routes work with. */
export interface ApiServices {
  readonly operations: Operations
  /** Tells what happens; hears of requests that failed in here. */
  readonly hub: EventHub
  /** Real time. */
  readonly clock: Clock
  readonly startedMicros: number
  readonly runId: string
  /** Of the file server; undefined where there is none. */
  readonly files?: FileFolder | undefined
  /** Of the authority; undefined where there is none. */
  readonly certificates?: CertificateDesk | undefined
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'

export const tags = {
  Server: 'The server itself.',
  Stations: 'Charging stations, what they are and what they told.',
  Commands: 'CALLs to stations.',
  Transactions: 'What was charged.',
  Tokens: 'Who may charge.',
  Tariffs: 'What it costs.',
  Certificates: 'What the authority of `csms serve --ca` issued.',
  Files: 'Firmware for stations, and the logs that they brought.',
  Messages: 'What went over the wire, and what happens.',
} as const

/** An answer that is a success. */
export interface Answer {
  readonly description: string
  /** Absent: no body. */
  readonly schema?: Schema
  /** Default application/json. */
  readonly contentType?: string
  readonly headers?: Readonly<Record<string, string>>
}

/** What the OpenAPI document says of a route. */
export interface RouteInfo {
  readonly method: Method
  /** `/api/v1/stations/{stationId}`: each `{name}` is one percent-encoded segment. */
  readonly path: string
  /** The OpenAPI document's operationId. */
  readonly id: string
  readonly tag: keyof typeof tags
  readonly summary: string
  readonly description?: string
  readonly role: LeastRole
  readonly query?: Parameters
  readonly body?: Body<unknown>
  /** By HTTP status. */
  readonly answers: Readonly<Record<number, Answer>>
  /** HTTP statuses of problems, besides 400 and those of access. */
  readonly problems?: readonly number[]
  /** Its answer has no end: HEAD is answered without asking it. */
  readonly isEndless?: boolean
}

/** A request whose route is known and whose sender may ask. */
interface Asked {
  readonly request: IncomingMessage
  readonly response: ServerResponse
  /** The decoded variable segments of the path, by name. */
  readonly path: Readonly<Record<string, string>>
  readonly query: URLSearchParams
  readonly caller: Caller
  readonly services: ApiServices
}

/** One method of one path; throws a `Problem` to answer with it. */
export interface Route extends RouteInfo {
  readonly answer: (asked: Asked) => Promise<void>
}

type VariablesOf<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? Name | VariablesOf<Rest>
  : never

interface Request<Path extends string, Query extends Parameters, Content>
  extends Omit<Asked, 'path' | 'query'> {
  readonly path: Readonly<Record<VariablesOf<Path>, string>>
  readonly query: ValuesOf<Query>
  readonly body: Content
}

/**
 * Declares a route: its path, parameters and body are read as they are documented, and nothing else
 * reaches `handle`.
 */
export function route<
  const Path extends string,
  const Query extends Parameters = Readonly<Record<never, never>>,
  Content = undefined,
>(
  definition: Omit<RouteInfo, 'path' | 'query' | 'body'> & {
    readonly path: Path
    readonly query?: Query
    readonly body?: Body<Content>
    readonly handle: (request: Request<Path, Query, Content>) => void | Promise<void>
  },
): Route {
  const { handle, ...info } = definition
  return {
    ...info,
    async answer({ path, query, ...asked }) {
      const values = readParameters(query, info.query ?? ({} as Query))
      const body = (await info.body?.read(asked.request)) as Content
      await handle({
        ...asked,
        path: path as Readonly<Record<VariablesOf<Path>, string>>,
        query: values,
        body,
      })
    },
  }
}
