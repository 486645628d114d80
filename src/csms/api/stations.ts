import { sendJsonArray } from './json-stream.ts'
import { linkTo } from './link.ts'
import { flagParameter, textParameter, wholeParameter } from './parameters.ts'
import { sendJson, unknownStation } from './problem.ts'
import { type Route, route } from './route.ts'
import { list, ref } from './schema.ts'
import { type Part, type PartName, stationParts } from './station-parts.ts'

const getStations = route({
  method: 'GET',
  path: '/api/v1/stations',
  id: 'listStations',
  tag: 'Stations',
  summary: 'The stations that are known, in the order of their identities',
  role: 'viewer',
  query: {
    connected: flagParameter('Only those that are connected, or are not.'),
    limit: wholeParameter('So many at most; then a Link header names the next page.', 1),
    after: textParameter('The identity to go on from.'),
  },
  answers: {
    200: {
      description: 'The stations.',
      schema: list('Stations.', ref('Station')),
      headers: { Link: '`</api/v1/stations?...>; rel="next"`, where there is a next page.' },
    },
  },
  async handle({ response, query, services }) {
    const { connected, limit, after = '' } = query
    const { rows, next } = await services.operations.stations({ connected, limit, after })
    await sendJsonArray(response, rows, linkTo('/api/v1/stations', query, next))
  },
})

const getStation = route({
  method: 'GET',
  path: '/api/v1/stations/{stationId}',
  id: 'getStation',
  tag: 'Stations',
  summary: 'One station, with what it reported of itself and its latest meter values',
  role: 'viewer',
  answers: { 200: { description: 'The station.', schema: ref('StationDetails') } },
  problems: [404],
  async handle({ response, path: { stationId }, services }) {
    const station = await services.operations.station(stationId)
    if (!station) throw unknownStation(stationId)
    sendJson(response, 200, station)
  },
})

function partRoute(name: PartName, part: Part): Route {
  return route({
    method: 'GET',
    path: `/api/v1/stations/{stationId}/${name}`,
    id: `getStation${pascal(name)}`,
    tag: 'Stations',
    summary: part.summary,
    role: 'viewer',
    query: part.query,
    answers: { 200: { description: 'What is known.', schema: part.schema } },
    problems: [404],
    async handle({ response, path, query, services }) {
      const { stationId } = path
      const known = await services.operations.stationPart(stationId, name, query)
      if (!known) throw unknownStation(stationId)
      sendJson(response, 200, known.value)
    },
  })
}

function pascal(name: string): string {
  return name.replaceAll(/(?:^|-)(\w)/g, (_match, letter: string) => letter.toUpperCase())
}

export const stationRoutes: readonly Route[] = [
  getStations,
  getStation,
  ...(Object.keys(stationParts) as PartName[]).map((name) => partRoute(name, stationParts[name])),
]
