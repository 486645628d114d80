import fc from 'fast-check'
import { messageOf, type PayloadKind } from '../../src/ocpp/schemas.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { officialSchemas } from '../../src/platform/official-schemas.ts'

/** What the official schemas use of JSON Schema. */
interface Schema {
  readonly $ref?: string
  readonly type?: string
  readonly enum?: readonly string[]
  readonly format?: string
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly minItems?: number
  readonly maxItems?: number
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly definitions?: Readonly<Record<string, Schema>>
}

/** Names and values that a station may know, so that nonsense now and then hits something. */
const words = [
  '',
  'A',
  '1',
  '5',
  'true',
  'EVSE',
  'Connector',
  'TxCtrlr',
  'SampledDataCtrlr',
  'OCPPCommCtrlr',
  'AvailabilityState',
  'Power',
  'Enabled',
  'TxUpdatedInterval',
  'EVConnected',
  'TAG-1',
  'http://files/firmware-2.bin',
  'nobody knows this',
]
const numbers = [0, 1, 2, 3, 5, 16, 60, 3600, -1, -5000, 0.5]
const begin = Date.UTC(2026, 0, 1)
const instants = [0, 60, 600, 3600, -3600, 86_400].map((s) =>
  new Date(begin + s * 1000).toISOString(),
)

/**
 * Any payload of this action that its schema allows, sense or nonsense.
 *
 * @param action one of the version's
 */
export function payloadsOf(
  version: OcppVersion,
  action: string,
  kind: PayloadKind = 'request',
): fc.Arbitrary<object> {
  const schema = schemasOf(version).get(`${action} ${kind}`)
  if (!schema) throw new Error(`no schema of ${version} for ${action}`)
  const { definitions = {} } = schema
  return valuesOf(schema, definitions, 0) as fc.Arbitrary<object>
}

const read = new Map<OcppVersion, ReadonlyMap<string, Schema>>()

/** By message; they are read once, for they are many. */
function schemasOf(version: OcppVersion): ReadonlyMap<string, Schema> {
  const known = read.get(version)
  if (known) return known
  const schemas = officialSchemas(version).map(
    (schema) => [messageOf(schema.$id), schema as Schema] as const,
  )
  const byMessage = new Map(schemas)
  read.set(version, byMessage)
  return byMessage
}

function valuesOf(
  schema: Schema,
  definitions: Readonly<Record<string, Schema>>,
  depth: number,
): fc.Arbitrary<unknown> {
  const { $ref } = schema
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? ''
    return valuesOf(definitions[name] ?? {}, definitions, depth)
  }
  if (schema.enum) return fc.constantFrom(...schema.enum)
  switch (schema.type) {
    case 'object':
      return objectsOf(schema, definitions, depth)
    case 'array':
      return fc.array(valuesOf(schema.items ?? {}, definitions, depth + 1), {
        minLength: schema.minItems ?? 0,
        maxLength: Math.min(schema.maxItems ?? 2, Math.max(2, schema.minItems ?? 0)),
      })
    case 'string':
      return textsOf(schema)
    case 'integer':
    case 'number':
      return fc.constantFrom(...numbers.filter((value) => fits(value, schema)))
    case 'boolean':
      return fc.boolean()
    default:
      return fc.constant('anything')
  }
}

function objectsOf(
  { properties = {}, required = [] }: Schema,
  definitions: Readonly<Record<string, Schema>>,
  depth: number,
): fc.Arbitrary<object> {
  // Deep inside only what must be there: payloads stay small, and recursive types come to an end.
  const names = Object.keys(properties).filter(
    (name) => required.includes(name) || (depth < 3 && name !== 'customData'),
  )
  const values = names.map(
    (name) => [name, valuesOf(properties[name] ?? {}, definitions, depth + 1)] as const,
  )
  return fc.record(Object.fromEntries(values), { requiredKeys: [...required] })
}

function textsOf({ format, maxLength = 100 }: Schema): fc.Arbitrary<string> {
  if (format === 'date-time') return fc.constantFrom(...instants)
  if (format === 'uri') return fc.constant('http://files/firmware-2.bin')
  return fc.constantFrom(...words.filter(({ length }) => length <= maxLength))
}

function fits(value: number, { type, minimum = -1e9, maximum = 1e9 }: Schema): boolean {
  return value >= minimum && value <= maximum && (type === 'number' || Number.isInteger(value))
}
