import type { CommandOutcome } from '../gateway/commander.ts'
import { readJsonObject } from './body.ts'
import { Problem, sendJson } from './problem.ts'
import { onlyParameters, waitOf } from './query.ts'
import type { Route } from './route.ts'

/**
 * `POST /api/v1/stations/{id}/commands/{action}?wait=30s`: the body is the CALL's payload, the answer
 * is how the CALL ended. 200 whatever the station answered; 504 where it did not in time.
 */
export const postCommand: Route = async ({ request, response, path, query, services }) => {
  onlyParameters(query, 'wait')
  const wait = waitOf(query)
  const payload = await readJsonObject(request)
  const [stationId = '', action = ''] = path
  const outcome = await services.operations.command(stationId, action, payload, wait)
  if (response.destroyed) return
  const problem = problemOf(outcome, stationId, action)
  if (problem) throw problem
  sendJson(response, 200, outcome)
}

function problemOf(
  outcome: CommandOutcome,
  stationId: string,
  action: string,
): Problem | undefined {
  switch (outcome.status) {
    case 'answered':
    case 'callError':
      return undefined
    case 'invalidAnswer': {
      const message = `The answer of ${stationId} to ${action} is not valid: ${outcome.fault}.`
      return new Problem(502, 'INVALID_ANSWER', message)
    }
    case 'lost':
      return new Problem(502, 'CONNECTION_LOST', `${stationId} went away before it answered.`)
    case 'timeout':
      return new Problem(504, 'TIMEOUT', `${stationId} did not answer ${action} in time.`)
    case 'offline':
      return new Problem(409, 'STATION_OFFLINE', `${stationId} is not connected.`)
    case 'unknownStation':
      return new Problem(404, 'UNKNOWN_STATION', `There is no station ${stationId}.`)
    case 'refused':
      return refusals[outcome.because](outcome.message)
  }
}

const refusals = {
  action: (message: string) => new Problem(400, 'INVALID_ACTION', message),
  payload: (message: string) => new Problem(400, 'INVALID_PAYLOAD', message),
  registration: (message: string) => new Problem(409, 'STATION_NOT_ACCEPTED', message),
  queue: (message: string) => new Problem(429, 'QUEUE_FULL', message, { 'Retry-After': '1' }),
}
