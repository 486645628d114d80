import type { StationRecord } from '../domain/station.ts'
import { stationDetails, stationView } from '../views.ts'
import { sendJsonArray } from './json-stream.ts'
import { Problem, sendJson } from './problem.ts'
import { flag, onlyParameters } from './query.ts'
import type { Route } from './route.ts'

/** `GET /api/v1/stations?connected=true` */
export const getStations: Route = async ({ response, query, services }) => {
  onlyParameters(query, 'connected')
  const connected = flag(query, 'connected')
  await sendJsonArray(response, views(services.domain.stations.list(), connected))
}

function* views(records: Iterable<StationRecord>, connected: boolean | undefined) {
  for (const record of records) {
    const view = stationView(record)
    if (connected === undefined || view.connected === connected) yield view
  }
}

/** `GET /api/v1/stations/{id}`: also what it reported of itself and its latest meter values. */
export const getStation: Route = ({ response, path, query, services }) => {
  onlyParameters(query)
  const [stationId = ''] = path
  const station = services.gateway.station(stationId)
  if (!station) throw new Problem(404, 'UNKNOWN_STATION', `There is no station ${stationId}.`)
  sendJson(response, 200, stationDetails(station))
}
