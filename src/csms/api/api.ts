import type { IncomingMessage, ServerResponse } from 'node:http'
import { stackOf } from '../../shared/errors.ts'
import { Access, type ApiSettings } from './access/access.ts'
import { Problem, sendNothing, sendProblem } from './problem.ts'
import type { ApiServices } from './route.ts'
import { RouteTable } from './route-table.ts'
import { routes } from './routes.ts'

const table = new RouteTable(routes)

/**
 * The operator's API, on the port of the stations. Without keys everything but `/health` and
 * `/openapi.json` is answered to this machine only (403 otherwise), and never to another site's web
 * page; with keys every request takes one that suffices.
 */
export function createApi(
  services: Omit<ApiServices, 'startedMicros'>,
  settings: ApiSettings = {},
): (request: IncomingMessage, response: ServerResponse) => void {
  const { clock } = services
  const all: ApiServices = { ...services, startedMicros: clock.monotonicMicros() }
  const access = new Access(settings, clock)
  return (request, response) => {
    // A peer that goes away in the middle is no fault of ours.
    response.on('error', () => {})
    answer(request, response, access, all).catch((error: unknown) => fail(response, error, all))
  }
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  access: Access,
  services: ApiServices,
): Promise<void> {
  const target = targetOf(request.url ?? '/')
  if (request.method === 'OPTIONS') {
    access.admit(request, 'anybody')
    sendNothing(response, { Allow: table.allowed(target.pathname) })
    return
  }
  const { route, path } = table.find(request.method ?? '', target.pathname)
  const caller = access.admit(request, route.role)
  if (request.method === 'HEAD' && route.isEndless) {
    response
      .writeHead(200, { 'Content-Type': route.answers[200]?.contentType ?? 'text/plain' })
      .end()
    return
  }
  await route.answer({ request, response, path, query: target.searchParams, caller, services })
}

function targetOf(url: string): URL {
  // A path that begins with two slashes would be read as a host.
  if (!url.startsWith('/') || url.startsWith('//')) {
    throw new Problem(400, 'INVALID_PATH', 'The request target is no plain path.')
  }
  return new URL(url, 'http://csms')
}

function fail(response: ServerResponse, error: unknown, { hub }: ApiServices): void {
  if (response.headersSent) {
    response.destroy()
    return
  }
  if (error instanceof Problem) {
    sendProblem(response, error)
    return
  }
  hub.publish({ type: 'handlerFailed', stationId: '', action: 'api', error: stackOf(error) })
  sendProblem(response, new Problem(500, 'INTERNAL', 'The request could not be handled.'))
}
