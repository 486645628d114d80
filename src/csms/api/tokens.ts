import { authorizationStatuses } from '../../ocpp/authorization-status.ts'
import type { Token } from '../domain/token.ts'
import { jsonBody } from './body.ts'
import { sendJsonArray } from './json-stream.ts'
import { linkTo } from './link.ts'
import type { TokenChange } from './operations.ts'
import { textParameter, wholeParameter } from './parameters.ts'
import { Problem, sendJson, sendNothing } from './problem.ts'
import { type Route, route } from './route.ts'
import { list, ref, type Schema } from './schema.ts'
import { stored } from './stored.ts'

const status: Schema = { enum: authorizationStatuses }
/** RFC 3339 with a zone: what is compared with the clock must mean one instant. */
const rfc3339 = '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d+)?(Z|[+-]\\d\\d:\\d\\d)$'
/** [1.6 IdToken: CiString20] [2.0.1 IdTokenType.idToken: identifierString[36]] */
const longestToken = 36

const fields = {
  type: { type: 'string', maxLength: 20 },
  expiry: { type: 'string', pattern: rfc3339 },
  groupId: { type: 'string', minLength: 1, maxLength: longestToken },
  concurrent: { type: 'boolean' },
  limit: {
    type: 'object',
    properties: {
      maxCost: { type: 'number', minimum: 0 },
      maxEnergy: { type: 'number', minimum: 0 },
      maxTime: { type: 'integer', minimum: 0 },
      maxSoC: { type: 'integer', minimum: 0, maximum: 100 },
    },
    additionalProperties: false,
    minProperties: 1,
  },
  balance: { type: 'number' },
  tariffId: { type: 'string', minLength: 1, maxLength: 60 },
  language1: { type: 'string', minLength: 2, maxLength: 8 },
  language2: { type: 'string', minLength: 2, maxLength: 8 },
  personalMessage: { type: 'string', minLength: 1, maxLength: 512 },
  evseId: { type: 'array', items: { type: 'integer', minimum: 1 }, minItems: 1, maxItems: 100 },
  additionalInfo: {
    type: 'array',
    items: {
      type: 'object',
      properties: {
        additionalIdToken: { type: 'string', minLength: 1, maxLength: longestToken },
        type: { type: 'string', minLength: 1, maxLength: 50 },
      },
      required: ['additionalIdToken', 'type'],
      additionalProperties: false,
    },
    minItems: 1,
    maxItems: 10,
  },
} as const satisfies Readonly<Record<string, Schema>>

const replacement: Schema = {
  type: 'object',
  properties: { status, ...fields },
  additionalProperties: false,
}

const patch: Schema = {
  type: 'object',
  properties: {
    status,
    ...Object.fromEntries(
      Object.entries(fields).map(([name, schema]) => [
        name,
        { ...schema, type: [schema.type, 'null'] },
      ]),
    ),
  },
  additionalProperties: false,
  minProperties: 1,
}

const listTokens = route({
  method: 'GET',
  path: '/api/v1/tokens',
  id: 'listTokens',
  tag: 'Tokens',
  summary: 'The idTokens that have a name here, in the order of their names',
  role: 'viewer',
  query: {
    limit: wholeParameter('So many at most; then a Link header names the next page.', 1),
    after: textParameter('The idToken to go on from.'),
  },
  answers: {
    200: {
      description: 'The tokens.',
      schema: list('Tokens.', ref('Token')),
      headers: { Link: '`</api/v1/tokens?...>; rel="next"`, where there is a next page.' },
    },
  },
  async handle({ response, query, services }) {
    const { limit, after = '' } = query
    const { rows, next } = await services.operations.tokens({ limit, after })
    await sendJsonArray(response, rows, linkTo('/api/v1/tokens', query, next))
  },
})

const getToken = route({
  method: 'GET',
  path: '/api/v1/tokens/{idToken}',
  id: 'getToken',
  tag: 'Tokens',
  summary: 'One idToken, whatever its case',
  role: 'viewer',
  answers: { 200: { description: 'The token.', schema: ref('Token') } },
  problems: [404],
  async handle({ response, path: { idToken }, services }) {
    const token = await services.operations.token(idToken)
    if (!token) throw unknownToken(idToken)
    sendJson(response, 200, token)
  },
})

const putToken = route({
  method: 'PUT',
  path: '/api/v1/tokens/{idToken}',
  id: 'putToken',
  tag: 'Tokens',
  summary: 'Make an idToken, or replace what is known of it',
  role: 'operator',
  body: jsonBody<Partial<Omit<Token, 'idToken'>>>(
    'The token; `status` is Accepted where it is left out.',
    replacement,
  ),
  answers: {
    200: { description: 'It was replaced.', schema: ref('Token') },
    201: { description: 'It is new.', schema: ref('Token') },
  },
  problems: [503],
  async handle({ response, path: { idToken }, body, services, caller }) {
    checkIdToken(idToken)
    const token: Token = { idToken, ...body, status: body.status ?? 'Accepted' }
    checkExpiry(token.expiry)
    const { operations, hub } = services
    const edited = await stored(operations, operations.editToken({ kind: 'replace', token }))
    const change = edited?.isNew ? 'created' : 'changed'
    hub.publish({ type: 'tokenChanged', idToken, change, by: caller.name })
    sendJson(response, edited?.isNew ? 201 : 200, token)
  },
})

const patchToken = route({
  method: 'PATCH',
  path: '/api/v1/tokens/{idToken}',
  id: 'patchToken',
  tag: 'Tokens',
  summary: 'Change an idToken: block it, put it into a group, let it expire',
  role: 'operator',
  body: jsonBody<TokenChange>('What changes; null takes a field away.', patch),
  answers: { 200: { description: 'The token as it is now.', schema: ref('Token') } },
  problems: [404, 503],
  async handle({ response, path: { idToken }, body, services, caller }) {
    checkExpiry(body.expiry)
    const { operations, hub } = services
    const edited = await stored(
      operations,
      operations.editToken({ kind: 'change', idToken, change: body }),
    )
    if (!edited) throw unknownToken(idToken)
    hub.publish({ type: 'tokenChanged', idToken, change: 'changed', by: caller.name })
    sendJson(response, 200, edited.token)
  },
})

const deleteToken = route({
  method: 'DELETE',
  path: '/api/v1/tokens/{idToken}',
  id: 'deleteToken',
  tag: 'Tokens',
  summary: 'Forget an idToken: from then on it is one that nobody named',
  role: 'operator',
  answers: { 204: { description: 'It is forgotten.' } },
  problems: [404, 503],
  async handle({ response, path: { idToken }, services, caller }) {
    const { operations, hub } = services
    const known = await stored(operations, operations.removeToken(idToken))
    if (!known) throw unknownToken(idToken)
    hub.publish({ type: 'tokenChanged', idToken, change: 'removed', by: caller.name })
    sendNothing(response)
  },
})

function unknownToken(idToken: string): Problem {
  return new Problem(404, 'UNKNOWN_TOKEN', `There is no token ${idToken}.`)
}

function checkIdToken(idToken: string): void {
  if (idToken.length <= longestToken && !/\p{Cc}/u.test(idToken)) return
  const message = `An idToken has 1 to ${longestToken} characters, none of them a control character.`
  throw new Problem(400, 'INVALID_PATH', message)
}

/** A 13th month has the shape of one. */
function checkExpiry(expiry: string | null | undefined): void {
  if (typeof expiry !== 'string' || Number.isFinite(Date.parse(expiry))) return
  throw new Problem(400, 'INVALID_BODY', `The body is not valid: ${expiry} is no instant.`)
}

export const tokenRoutes: readonly Route[] = [
  listTokens,
  getToken,
  putToken,
  patchToken,
  deleteToken,
]
