import { packageVersion } from '../../platform/package-version.ts'
import type { Answer, Route } from './route.ts'
import { tags } from './route.ts'
import { ref, type Schema } from './schema.ts'
import { schemas } from './schemas.ts'

/** Every variable segment of a path, by name. A path with another has no document. */
const variables: Readonly<Record<string, Schema & { readonly description: string }>> = {
  stationId: { description: 'The station’s identity, percent-encoded.', type: 'string' },
  action: { description: 'An action that a CSMS sends in the station’s version.', type: 'string' },
  serial: { description: 'The serial number, hexadecimal.', type: 'string' },
  name: { description: 'The name of a file.', type: 'string' },
  idToken: {
    description: 'The idToken, percent-encoded; its case does not matter.',
    type: 'string',
  },
  tariffId: { description: 'The id of the tariff, percent-encoded.', type: 'string' },
}

const problems: Readonly<Record<number, string>> = {
  400: 'The request itself is wrong.',
  401: 'No API key, or one that is not known.',
  403: 'Not from here, or not by this role.',
  404: 'There is no such thing.',
  409: 'Not in this state.',
  413: 'The body is too long.',
  429: 'Too many; `Retry-After` says when to come back.',
  502: 'The station failed.',
  503: 'Not now.',
  504: 'The station did not answer in time.',
}

/** The OpenAPI 3.1 document of these routes. Throws where a path holds an unknown variable. */
export function openApi(routes: readonly Route[]): Schema {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const route of routes) {
    const path = (paths[route.path] ??= {})
    path[route.method.toLowerCase()] = operation(route)
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'csms: the operator’s API',
      version: packageVersion(),
      summary: 'Watch and command the charging stations of a csms.',
      description:
        'Answers on the port of the stations. Without API keys it answers its own machine only; with `csms serve --api-keys` every request takes one.',
      license: { name: 'Apache-2.0', identifier: 'Apache-2.0' },
    },
    servers: [{ url: '/', description: 'Where this document came from.' }],
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
    paths,
    components: {
      schemas,
      securitySchemes: {
        key: { type: 'http', scheme: 'bearer', description: 'An API key, `csms_...`.' },
        header: { type: 'apiKey', in: 'header', name: 'X-API-Key', description: 'The same.' },
      },
    },
  }
}

function operation(route: Route): Schema {
  const { body, role, query = {} } = route
  const parameters = [
    ...[...route.path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => variable(name)),
    ...Object.entries(query).map(([name, { description, schema }]) => ({
      name,
      in: 'query',
      required: false,
      description,
      schema,
    })),
  ]
  return {
    operationId: route.id,
    tags: [route.tag],
    summary: `${route.summary}.`,
    ...(route.description !== undefined && { description: route.description }),
    'x-role': role,
    ...(parameters.length > 0 && { parameters }),
    ...(body && {
      requestBody: {
        description: body.description,
        required: body.required,
        content: { [body.contentType]: { schema: body.schema } },
      },
    }),
    responses: { ...answers(route.answers), ...problemAnswers(route) },
    // Without keys, too, where the server has none.
    security: role === 'anybody' ? [{}] : [{ key: [] }, { header: [] }],
  }
}

function variable(name: string): Schema {
  const known = variables[name]
  if (!known) throw new Error(`openapi.ts does not describe the path variable ${name}`)
  const { description, ...schema } = known
  return { name, in: 'path', required: true, description, schema }
}

function answers(all: Readonly<Record<number, Answer>>): Schema {
  return Object.fromEntries(
    Object.entries(all).map(([status, answer]) => [status, answerOf(answer)]),
  )
}

function answerOf({ description, schema, contentType, headers }: Answer): Schema {
  return {
    description,
    ...(headers && {
      headers: Object.fromEntries(
        Object.entries(headers).map(([name, about]) => [
          name,
          { description: about, schema: { type: 'string' } },
        ]),
      ),
    }),
    ...(schema && { content: { [contentType ?? 'application/json']: { schema } } }),
  }
}

/** The statuses of problems that a route may answer with. */
export function problemStatuses({
  role,
  body,
  problems: own = [],
}: Pick<Route, 'role' | 'body' | 'problems'>): readonly number[] {
  const all = [400, ...(role === 'anybody' ? [] : [401, 403]), 429, ...(body ? [413] : []), ...own]
  return [...new Set(all)].sort((a, b) => a - b)
}

function problemAnswers(route: Pick<Route, 'role' | 'body' | 'problems'>): Schema {
  return Object.fromEntries(
    problemStatuses(route).map((status) => [
      status,
      answerOf({ description: problems[status] ?? 'A problem.', schema: ref('Problem') }),
    ]),
  )
}
