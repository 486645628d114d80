import type { IncomingMessage, ServerResponse } from 'node:http'
import { shownError } from '../events.ts'
import { postCommand } from './commands.ts'
import { getHealth } from './health.ts'
import { refuseForeign } from './origin.ts'
import { Problem, sendProblem } from './problem.ts'
import type { ApiServices, Route } from './route.ts'
import { getStation, getStations } from './stations.ts'
import { getTransactions } from './transactions.ts'

interface Path {
  /** `{}` stands for one variable segment. */
  readonly pattern: readonly string[]
  readonly methods: Readonly<Record<string, Route>>
  /** Answered to every address, not only to this machine. */
  readonly open?: true
}

const paths: readonly Path[] = [
  { pattern: ['health'], methods: { GET: getHealth }, open: true },
  { pattern: ['api', 'v1', 'stations'], methods: { GET: getStations } },
  { pattern: ['api', 'v1', 'stations', '{}'], methods: { GET: getStation } },
  {
    pattern: ['api', 'v1', 'stations', '{}', 'commands', '{}'],
    methods: { POST: postCommand },
  },
  { pattern: ['api', 'v1', 'transactions'], methods: { GET: getTransactions } },
]

/**
 * The operator's API, on the port of the stations. It has no passwords yet, so everything but
 * `/health` is answered to this machine only (403 otherwise), and never to another site's web page.
 */
export function createApi(
  services: Omit<ApiServices, 'startedMicros'>,
): (request: IncomingMessage, response: ServerResponse) => void {
  const all: ApiServices = { ...services, startedMicros: services.clock.monotonicMicros() }
  return (request, response) => {
    // A peer that goes away in the middle is no fault of ours.
    response.on('error', () => {})
    serve(request, response, all).catch((error: unknown) => fail(response, error, all))
  }
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  services: ApiServices,
): Promise<void> {
  const target = targetOf(request.url ?? '/')
  const segments = target.pathname.split('/').slice(1)
  const path = paths.find(({ pattern }) => fits(pattern, segments))
  if (!path) throw new Problem(404, 'NOT_FOUND', `There is nothing at ${target.pathname}.`)
  if (!path.open) refuseForeign(request)
  const route = path.methods[request.method ?? '']
  if (!route) {
    const allowed = Object.keys(path.methods).join(', ')
    throw new Problem(405, 'METHOD_NOT_ALLOWED', `Only ${allowed} is answered here.`, {
      Allow: allowed,
    })
  }
  const variables = segments.filter((_segment, at) => path.pattern[at] === '{}').map(decoded)
  await route({ request, response, path: variables, query: target.searchParams, services })
}

function targetOf(url: string): URL {
  // A path that begins with two slashes would be read as a host.
  if (!url.startsWith('/') || url.startsWith('//')) {
    throw new Problem(400, 'INVALID_PATH', 'The request target is no plain path.')
  }
  return new URL(url, 'http://csms')
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return (
    pattern.length === segments.length &&
    pattern.every((part, at) => (part === '{}' ? segments[at] !== '' : part === segments[at]))
  )
}

function decoded(segment: string): string {
  try {
    return decodeURIComponent(segment)
  } catch {
    throw new Problem(400, 'INVALID_PATH', `${segment} is not percent-encoded UTF-8.`)
  }
}

function fail(response: ServerResponse, error: unknown, { emit }: ApiServices): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error instanceof Problem) {
    sendProblem(response, error)
    return
  }
  emit?.({ type: 'handlerFailed', stationId: '', action: 'api', error: shownError(error) })
  sendProblem(response, new Problem(500, 'INTERNAL', 'The request could not be handled.'))
}
