import { certificateRoutes } from './certificates.ts'
import { postCommand } from './commands.ts'
import { getEvents } from './events.ts'
import { fileRoutes } from './files.ts'
import { healthRoutes } from './health.ts'
import { messageRoutes } from './messages.ts'
import { getMetrics } from './metrics.ts'
import { openApi } from './openapi.ts'
import { sendJson } from './problem.ts'
import { type Route, route } from './route.ts'
import { stationEditRoutes } from './station-edits.ts'
import { stationRoutes } from './stations.ts'
import { tariffRoutes } from './tariffs.ts'
import { tokenRoutes } from './tokens.ts'
import { getTransactions } from './transactions.ts'

const getOpenApi = route({
  method: 'GET',
  path: '/openapi.json',
  id: 'getOpenApi',
  tag: 'Server',
  summary: 'This document',
  role: 'anybody',
  answers: { 200: { description: 'OpenAPI 3.1.', schema: { type: 'object' } } },
  handle({ response }) {
    sendJson(response, 200, openApi(routes))
  },
})

/** Everything the API answers; the OpenAPI document and the client's types are made from it. */
export const routes: readonly Route[] = [
  ...healthRoutes,
  getMetrics,
  getOpenApi,
  ...stationRoutes,
  ...stationEditRoutes,
  postCommand,
  getTransactions,
  ...tokenRoutes,
  ...tariffRoutes,
  ...certificateRoutes,
  ...fileRoutes,
  ...messageRoutes,
  getEvents,
]
