import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import type { Body } from '../../src/csms/api/body.ts'
import type { Route } from '../../src/csms/api/route.ts'
import { routes } from '../../src/csms/api/routes.ts'
import type { Schema } from '../../src/csms/api/schema.ts'
import { schemas } from '../../src/csms/api/schemas.ts'

const root = join(import.meta.dirname, '../..')
const file = 'src/cli/api/operations.ts'

/**
 * `src/cli/api/operations.ts`: the operator's API as types, by operationId. The generators there are
 * need the compiler's JavaScript API, which TypeScript 7 has not; the schemas here are few and plain.
 */
export function apiClient(): string {
  const text = [
    '// Generated from src/csms/api/routes.ts by "npm run gen".',
    `/** What the operations take and answer, by name. */\nexport interface Schemas {\n${Object.entries(schemas).map(schemaType).join('\n')}\n}`,
    `/** Every operation by its id: what it takes and what it answers. */\nexport interface Operations {\n${routes.map(operationType).join('\n')}\n}`,
    `/** Where each operation is. */\nexport const operations: { readonly [Id in keyof Operations]: { readonly method: string; readonly path: string } } = {\n${routes.map(placeOf).join('\n')}\n}`,
    `/** What is known of one station, part by part: the operation of each. */\nexport const partsOfStation = {\n${partsOfStation().join('\n')}\n} as const satisfies Readonly<Record<string, keyof Operations>>`,
  ].join('\n\n')
  return formatted(`${text}\n`)
}

function partsOfStation(): readonly string[] {
  return routes.flatMap(({ method, path, id }) => {
    const [, name] = /^\/api\/v1\/stations\/\{stationId\}\/([\w-]+)$/.exec(path) ?? []
    return method === 'GET' && name !== undefined ? [`'${name}': '${id}',`] : []
  })
}

function schemaType([name, schema]: [string, Schema]): string {
  return `${comment(schema)}readonly ${name}: ${typeOf(schema)}`
}

function operationType({ id, summary, path, query = {}, body, answers }: Route): string {
  const variables = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => `readonly ${name}: string`)
  const asked = Object.entries(query).map(
    ([name, { schema }]) => `readonly ${name}?: ${typeOf(schema)} | undefined`,
  )
  const schema = Object.values(answers).find((answer) => answer.schema)?.schema
  const isText = Object.values(answers).some(({ contentType }) => contentType !== undefined)
  return `/** ${summary}. */
  readonly ${id}: {
    readonly path: {${variables.join('; ')}}
    readonly query: {${asked.join('; ')}}
    readonly body: ${bodyType(body)}
    readonly answer: ${isText ? 'string' : schema ? typeOf(schema) : 'undefined'}
  }`
}

function bodyType(body: Body<unknown> | undefined): string {
  if (!body) return 'undefined'
  return body.contentType === 'application/json' ? typeOf(body.schema) : 'Uint8Array'
}

function placeOf({ id, method, path }: Route): string {
  return `  ${id}: { method: '${method}', path: '${path}' },`
}

function comment({ description }: Schema): string {
  return typeof description === 'string' ? `/** ${description} */\n` : ''
}

/** The type of what a schema describes, as far as the schemas here go; throws for any other. */
function typeOf(schema: Schema): string {
  const { $ref, const: only, enum: values, oneOf, type } = schema
  if (typeof $ref === 'string') return `Schemas['${$ref.slice($ref.lastIndexOf('/') + 1)}']`
  if (only !== undefined) return JSON.stringify(only)
  if (Array.isArray(values)) return values.map((value) => JSON.stringify(value)).join(' | ')
  if (Array.isArray(oneOf)) return oneOf.map((one: Schema) => typeOf(one)).join(' | ')
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one })).join(' | ')
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type
    case 'integer':
    case 'number':
      return 'number'
    case 'array':
      return `readonly (${typeOf(schema['items'] as Schema)})[]`
    case 'object':
      return objectType(schema)
    default:
      throw new Error(`no type for ${JSON.stringify(schema)}`)
  }
}

function objectType({ properties, required, additionalProperties }: Schema): string {
  if (properties === undefined) {
    const values =
      typeof additionalProperties === 'object' ? typeOf(additionalProperties as Schema) : 'unknown'
    return `Readonly<Record<string, ${values}>>`
  }
  const needed = new Set(Array.isArray(required) ? required : [])
  const fields = Object.entries(properties as Readonly<Record<string, Schema>>).map(
    ([name, schema]) =>
      `${comment(schema)}readonly ${name}${needed.has(name) ? '' : '?'}: ${typeOf(schema)}`,
  )
  if (additionalProperties === true) fields.push('readonly [field: string]: unknown')
  return `{\n${fields.join('\n')}\n}`
}

/** As `biome format` leaves it, so that the linter has nothing to say. */
function formatted(text: string): string {
  const biome = join(root, 'node_modules/@biomejs/biome/bin/biome')
  return execFileSync(process.execPath, [biome, 'format', `--stdin-file-path=${file}`], {
    cwd: root,
    input: text,
    encoding: 'utf8',
  })
}
