import type { MessageFilter } from '../message-log.ts'
import { choiceParameter, instantParameter, textParameter, wholeParameter } from './parameters.ts'
import { sendJson, unknownStation } from './problem.ts'
import { type Route, route } from './route.ts'
import { list, ref } from './schema.ts'

const usualLimit = 100
const mostMessages = 10_000

const filter = {
  action: textParameter('Only CALLs of this action and their answers.'),
  direction: choiceParameter('Seen from the management system.', ['in', 'out']),
  since: instantParameter('Only from this instant on; real time.'),
  limit: wholeParameter(`The latest so many; default ${usualLimit}.`, 1, mostMessages),
}

const answers = {
  200: {
    description: 'The latest, in order of time. `csms serve --message-log` says how many are kept.',
    schema: list('Messages.', ref('Message')),
  },
}

const getMessages = route({
  method: 'GET',
  path: '/api/v1/messages',
  id: 'listMessages',
  tag: 'Messages',
  summary: 'What went over the wire, without its secrets',
  role: 'viewer',
  query: { stationId: textParameter('Only of this station.'), ...filter },
  answers,
  async handle({ response, query, services }) {
    const { stationId, ...rest } = query
    sendJson(response, 200, await services.operations.messages(filterOf(stationId, rest)))
  },
})

const getStationMessages = route({
  method: 'GET',
  path: '/api/v1/stations/{stationId}/messages',
  id: 'listStationMessages',
  tag: 'Messages',
  summary: 'What went over the wire to and from one station',
  role: 'viewer',
  query: filter,
  answers,
  problems: [404],
  async handle({ response, path: { stationId }, query, services }) {
    const { operations } = services
    const messages = await operations.messages(filterOf(stationId, query))
    if (messages.length === 0 && !(await operations.station(stationId))) {
      throw unknownStation(stationId)
    }
    sendJson(response, 200, messages)
  },
})

interface FilterQuery {
  readonly action: string | undefined
  readonly direction: 'in' | 'out' | undefined
  readonly since: number | undefined
  readonly limit: number | undefined
}

function filterOf(stationId: string | undefined, query: FilterQuery): MessageFilter {
  const { action, direction, since, limit = usualLimit } = query
  return { stationId, action, direction, sinceMs: since, limit }
}

export const messageRoutes: readonly Route[] = [getMessages, getStationMessages]
