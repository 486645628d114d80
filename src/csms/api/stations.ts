import { sendJsonArray } from './json-stream.ts'
import { Problem, sendJson } from './problem.ts'
import { flag, onlyParameters } from './query.ts'
import type { Route } from './route.ts'

/** `GET /api/v1/stations?connected=true` */
export const getStations: Route = async ({ response, query, services }) => {
  onlyParameters(query, 'connected')
  await sendJsonArray(response, services.operations.stations(flag(query, 'connected')))
}

/** `GET /api/v1/stations/{id}`: also what it reported of itself and its latest meter values. */
export const getStation: Route = async ({ response, path, query, services }) => {
  onlyParameters(query)
  const [stationId = ''] = path
  const station = await services.operations.station(stationId)
  if (!station) throw new Problem(404, 'UNKNOWN_STATION', `There is no station ${stationId}.`)
  sendJson(response, 200, station)
}
