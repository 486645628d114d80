import { Ajv, type CodeOptions } from 'ajv'
import formats from 'ajv-formats'
import {
  messageOf,
  type OfficialSchema,
  type SchemaSource,
  type ValidatorSource,
} from './schemas.ts'
import type { OcppVersion } from './version.ts'

/**
 * RFC 3339 as far as there is an instant behind it, so that whoever reads a valid time has a number.
 * That of `ajv-formats` in fast mode takes the 39th of a 19th month. Leap seconds, of which none are to
 * come, have no instant; an offset without its colon has one, and is taken.
 */
const dateTime =
  /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])t(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:z|[+-](?:[01]\d|2[0-3]):?[0-5]\d)$/i

/** Makes validators of the official schemas: as csms runs from its sources, and when it is bundled. */
export function schemaCompiler(code: CodeOptions): Ajv {
  // multipleOfPrecision: plain ajv rejects 348 of the 1,001 one-decimal values 0.0 to 100.0
  // against `multipleOf: 0.1`. Formats in fast mode: 4.5 times the speed on MeterValues.
  // validateSchema: the official schemas are schemas.
  const ajv = new Ajv({
    strict: false,
    multipleOfPrecision: 6,
    validateFormats: true,
    validateSchema: false,
    code,
  })
  formats.default(ajv, { mode: 'fast' })
  ajv.addFormat('date-time', dateTime)
  return ajv
}

/**
 * Validators that are compiled when first asked for: one schema costs 0.4 to 77 ms, all of them 1.7 s,
 * and a worker needs a dozen.
 */
export function compiledValidators(schemas: SchemaSource): ValidatorSource {
  // optimize: ajv's passes over its own code double the time of compiling, and spare a check 0 to 70 ns.
  const ajv = schemaCompiler({ optimize: false })
  const versions = new Map<OcppVersion, ReadonlyMap<string, object>>()
  const schemasOf = (version: OcppVersion): ReadonlyMap<string, object> => {
    const known = versions.get(version)
    if (known) return known
    const read = new Map(
      schemas(version).map((schema) => [messageOf(schema.$id), compilable(schema)]),
    )
    versions.set(version, read)
    return read
  }
  return (version, message) => {
    const schema = schemasOf(version).get(message)
    if (!schema) throw new Error(`${version} has no schema of ${message}`)
    // What it compiled before, ajv knows by the object.
    return ajv.compile(schema)
  }
}

/**
 * `$id` of the package is no valid URN and makes newer ajv throw; `$schema` names drafts that ajv 8
 * refuses to load.
 */
export function compilable({ $id: _id, $schema: _draft, ...plain }: OfficialSchema): object {
  return plain
}
