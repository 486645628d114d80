import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js'
import { expect } from 'vitest'
import { openApi, problemStatuses } from '../../src/csms/api/openapi.ts'
import { Problem } from '../../src/csms/api/problem.ts'
import type { Route } from '../../src/csms/api/route.ts'
import { RouteTable } from '../../src/csms/api/route-table.ts'
import { routes } from '../../src/csms/api/routes.ts'
import { ref, type Schema } from '../../src/csms/api/schema.ts'
import { schemas } from '../../src/csms/api/schemas.ts'
import type { Server, ServerOptions } from '../../src/csms/server.ts'
import { startServer } from '../../src/csms/start-server.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { bootPayload, dialStation } from './bare-station.ts'

const table = new RouteTable(routes)
const ajv = new Ajv2020({ strict: false, allErrors: true })
const components = { schemas: strict(schemas) }
const checks = new Map<Schema, ValidateFunction>()

/**
 * A management system and how to ask its API. Every answer is compared with what the OpenAPI
 * document says of it: its status, and its body to the last field.
 */
export class Api implements AsyncDisposable {
  readonly server: Server
  readonly key: string | undefined
  #stations = 0

  constructor(server: Server, key?: string) {
    this.server = server
    this.key = key
  }

  static async start(options: ServerOptions, key?: string): Promise<Api> {
    return new Api(await startServer({ port: 0, runId: 'r', ...options }), key)
  }

  get base(): string {
    return `http://127.0.0.1:${this.server.port}`
  }

  /** The same server, asked with another key. */
  as(key: string | undefined): Api {
    return new Api(this.server, key)
  }

  async get(path: string, init: RequestInit = {}) {
    const headers = new Headers(init.headers)
    if (this.key !== undefined) headers.set('Authorization', `Bearer ${this.key}`)
    const response = await fetch(this.base + path, { ...init, headers })
    const text = await response.text()
    const isJson = response.headers.get('content-type') === 'application/json'
    const body = isJson ? JSON.parse(text) : text
    check(init.method ?? 'GET', path, response.status, isJson ? body : undefined)
    return { status: response.status, headers: response.headers, body }
  }

  send(method: string, path: string, body?: unknown) {
    const text = typeof body === 'string' ? body : JSON.stringify(body)
    return this.get(path, { method, ...(text !== undefined && { body: text }) })
  }

  post(path: string, body: string) {
    return this.send('POST', path, body)
  }

  /** A station of a fresh identity that booted. */
  async booted(id = this.freshId(), version: OcppVersion = 'ocpp1.6') {
    const station = await dialStation(`${this.server.urls[0]}/${encodeURIComponent(id)}`, version)
    await station.ask('BootNotification', bootPayload(version))
    return { id, station, commands: `/api/v1/stations/${encodeURIComponent(id)}/commands` }
  }

  freshId(): string {
    this.#stations += 1
    return `CP-${this.#stations}`
  }

  close(): Promise<void> {
    return this.server.close({ timeoutMs: 100 })
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close()
  }
}

function check(method: string, path: string, status: number, body: unknown): void {
  const route = routeOf(method, path)
  if (!route) {
    expect([400, 404, 405], path).toContain(status)
    expect(faults(ref('Problem'), body), path).toEqual([])
    return
  }
  const answer = route.answers[status]
  if (!answer) expect(problemStatuses(route), `${method} ${path}`).toContain(status)
  const schema = answer ? answer.schema : ref('Problem')
  if (schema && body !== undefined) expect(faults(schema, body), `${method} ${path}`).toEqual([])
}

function routeOf(method: string, path: string): Route | undefined {
  try {
    return table.find(method, new URL(path, 'http://x').pathname).route
  } catch (error) {
    if (error instanceof Problem) return undefined
    throw error
  }
}

/** What of a value is not as its schema says. */
function faults(schema: Schema, value: unknown): readonly string[] {
  const known: ValidateFunction =
    checks.get(schema) ?? ajv.compile({ ...(strict(schema) as object), components })
  checks.set(schema, known)
  void known(value)
  return (known.errors ?? []).map(
    ({ instancePath, message, params }) =>
      `${instancePath} ${message ?? ''} ${JSON.stringify(params)}`,
  )
}

/** A schema that also forbids fields it does not name. */
function strict(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(strict)
  if (typeof value !== 'object' || value === null) return value
  const inner = Object.fromEntries(
    Object.entries(value).map(([key, below]) => [key, strict(below)]),
  )
  const isClosed = 'properties' in inner && !('additionalProperties' in inner)
  return isClosed && inner['type'] === 'object' ? { ...inner, additionalProperties: false } : inner
}

/** The document as it is served. */
export const document = openApi(routes)
