import { redactValue } from '../../ocpp/redact.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import { suffices } from './access/api-key.ts'
import { payloadBody } from './body.ts'
import { roleFor } from './command-role.ts'
import { timeParameter } from './parameters.ts'
import { Problem, sendJson, unknownStation } from './problem.ts'
import { route } from './route.ts'
import { ref } from './schema.ts'

/** Nobody holds a request longer; longer commands are sent again. */
const longestWaitMs = 10 * 60_000

/** 200 whatever the station answered; 504 where it did not in time. */
export const postCommand = route({
  method: 'POST',
  path: '/api/v1/stations/{stationId}/commands/{action}',
  id: 'sendCommand',
  tag: 'Commands',
  summary: 'Send a CALL to a station and wait for how it ends',
  description:
    'The payload is checked against the official schema of the station’s version and sent when the CALL before it is answered. A CALLERROR of the station is an answer, too. Certificates, firmware, passwords and security profiles take the role admin, and so does it to read a password that a station tells.',
  role: 'operator',
  query: {
    wait: timeParameter('How long to wait; default: `csms serve --call-timeout`.', longestWaitMs),
  },
  body: payloadBody('The CALL’s payload; none is `{}`.'),
  answers: { 200: { description: 'What the station answered.', schema: ref('CommandAnswer') } },
  problems: [404, 409, 429, 502, 504],
  async handle({ response, path, query, body, services, caller }) {
    const { stationId, action } = path
    const least = roleFor(action, body)
    if (caller.role === 'anybody' || !suffices(caller.role, least)) {
      const message = `The key "${caller.name}" is a ${caller.role}'s; ${action} takes ${least} here.`
      throw new Problem(403, 'ROLE_TOO_LOW', message)
    }
    const outcome = await services.operations.command(stationId, action, body, query.wait)
    if (response.destroyed) return
    const problem = problemOf(outcome, stationId, action)
    if (problem) throw problem
    sendJson(response, 200, caller.role === 'admin' ? outcome : redactValue(outcome))
  },
})

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
      return unknownStation(stationId)
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
