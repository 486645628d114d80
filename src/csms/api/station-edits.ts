import type { SecurityProfile } from '../../ocpp/security-profile.ts'
import type { AccessChange } from '../domain/security.ts'
import { hashPassword, isPasswordHash } from '../gateway/credentials.ts'
import { identityFault } from '../gateway/identity.ts'
import { jsonBody } from './body.ts'
import { flagParameter } from './parameters.ts'
import { Problem, sendJson, sendNothing, unknownStation } from './problem.ts'
import { type Route, route } from './route.ts'
import { ref, type Schema } from './schema.ts'
import { stored } from './stored.ts'

/** How a station shall prove who it is. A password is hashed at once, and never told again. */
interface Access {
  readonly password?: string | null
  readonly passwordHash?: string
  readonly serial?: string | null
  readonly securityProfile?: SecurityProfile | null
}

const password = {
  type: 'string',
  minLength: 1,
  maxLength: 128,
  description: '16 to 40 characters by the specification.',
} as const
const passwordHash = { type: 'string', description: 'As `csms certs hash-password` prints it.' }
const serial = {
  type: 'string',
  minLength: 1,
  maxLength: 64,
  description: 'What its client certificate may name in place of the identity.',
} as const
const securityProfile = {
  type: 'integer',
  minimum: 0,
  maximum: 3,
  description: 'The lowest that it may use; without it that of the server.',
} as const

const registration: Schema = {
  type: 'object',
  properties: {
    id: { type: 'string', description: 'Its identity.' },
    password,
    passwordHash,
    serial,
    securityProfile,
  },
  required: ['id'],
  additionalProperties: false,
}

const orNull = (schema: { readonly type: string }): Schema => ({
  ...schema,
  type: [schema.type, 'null'],
})

const patch: Schema = {
  type: 'object',
  properties: {
    password: orNull(password),
    passwordHash,
    serial: orNull(serial),
    securityProfile: orNull(securityProfile),
  },
  additionalProperties: false,
  minProperties: 1,
}

const postStation = route({
  method: 'POST',
  path: '/api/v1/stations',
  id: 'registerStation',
  tag: 'Stations',
  summary: 'Make a station known before it connects, and say how it shall prove who it is',
  description:
    'With `csms serve --unknown-stations reject` only stations that are known may connect. The password is kept as a hash and never told.',
  role: 'admin',
  body: jsonBody<Access & { readonly id: string }>('The station.', registration),
  answers: {
    201: {
      description: 'It is known.',
      schema: ref('Station'),
      headers: { Location: 'Where the station is.' },
    },
  },
  problems: [409, 503],
  async handle({ response, body: { id: stationId, ...access }, services, caller }) {
    const fault = identityFault(stationId)
    if (fault !== undefined) throw new Problem(400, 'INVALID_BODY', fault)
    const change = await changeOf(access)
    const { operations, hub } = services
    const edit = operations.editStation({ kind: 'register', stationId, change })
    const edited = await stored(operations, edit)
    if (edited.status === 'wrong') {
      const message = `${stationId} is known already; PATCH changes it.`
      throw new Problem(409, 'STATION_KNOWN', message)
    }
    hub.publish({ type: 'stationChanged', stationId, change: 'registered', by: caller.name })
    const location = `/api/v1/stations/${encodeURIComponent(stationId)}`
    sendJson(response, 201, edited.station, { Location: location })
  },
})

const patchStation = route({
  method: 'PATCH',
  path: '/api/v1/stations/{stationId}',
  id: 'patchStation',
  tag: 'Stations',
  summary: 'Change how a station shall prove who it is, from its next connection on',
  description:
    'It takes the place of what `--stations` says, and outlives restarts with `--data`; null gives back what `--stations` says. The station is not told: ChangeConfiguration of AuthorizationKey does both. A security profile that is set here counts for more than one that the station was upgraded to.',
  role: 'admin',
  body: jsonBody<Access>('What changes; null takes it back.', patch),
  answers: { 200: { description: 'The station.', schema: ref('Station') } },
  problems: [404, 503],
  async handle({ response, path: { stationId }, body, services, caller }) {
    const change = await changeOf(body)
    const { operations, hub } = services
    const edit = operations.editStation({ kind: 'change', stationId, change })
    const edited = await stored(operations, edit)
    if (edited.status === 'wrong') throw unknownStation(stationId)
    hub.publish({ type: 'stationChanged', stationId, change: 'changed', by: caller.name })
    sendJson(response, 200, edited.station)
  },
})

const deleteStation = route({
  method: 'DELETE',
  path: '/api/v1/stations/{stationId}',
  id: 'removeStation',
  tag: 'Stations',
  summary: 'Forget a station and close its connection',
  description:
    'Its transactions stay in the books. One with open transactions is removed only with `force=true`: they end then, with the last register that was reported, for the reason StationRemoved. Where unknown stations are accepted it may come back as one; one that `--stations` names is known again after a restart.',
  role: 'admin',
  query: { force: flagParameter('Though it has open transactions.') },
  answers: { 204: { description: 'It is forgotten.' } },
  problems: [404, 409, 503],
  async handle({ response, path: { stationId }, query, services, caller }) {
    const { operations, hub } = services
    const removal = operations.removeStation(stationId, query.force ?? false)
    const removed = await stored(operations, removal)
    if (removed === 'unknown') throw unknownStation(stationId)
    if (removed === 'busy') {
      const message = `${stationId} has open transactions; force=true ends them.`
      throw new Problem(409, 'STATION_BUSY', message)
    }
    hub.publish({ type: 'stationChanged', stationId, change: 'removed', by: caller.name })
    sendNothing(response)
  },
})

const deleteConnection = route({
  method: 'DELETE',
  path: '/api/v1/stations/{stationId}/connection',
  id: 'closeConnection',
  tag: 'Stations',
  summary: 'Close the connection of a station, which may come back at once',
  role: 'operator',
  answers: { 204: { description: 'It is being closed.' } },
  problems: [404, 409],
  async handle({ response, path: { stationId }, services: { operations } }) {
    const closed = await operations.endConnections({ stationId }, 'Closed by the operator')
    if (closed === 0) {
      if (!(await operations.station(stationId))) throw unknownStation(stationId)
      throw new Problem(409, 'STATION_OFFLINE', `${stationId} is not connected.`)
    }
    sendNothing(response)
  },
})

async function changeOf({ password: plain, passwordHash: hash, ...rest }: Access) {
  if (plain !== undefined && hash !== undefined) {
    throw new Problem(400, 'INVALID_BODY', 'Say the password or its hash, not both.')
  }
  if (hash !== undefined && !isPasswordHash(hash)) {
    const message = 'passwordHash is none; "csms certs hash-password" makes one.'
    throw new Problem(400, 'INVALID_BODY', message)
  }
  const hashed = typeof plain === 'string' ? await hashPassword(plain) : (hash ?? plain)
  const change: AccessChange = { ...rest, passwordHash: hashed }
  return change
}

export const stationEditRoutes: readonly Route[] = [
  postStation,
  patchStation,
  deleteStation,
  deleteConnection,
]
