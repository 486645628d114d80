import { readFile } from 'node:fs/promises'
import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { whyUnreadable } from '../document/unreadable.ts'
import { csmsError } from '../shared/errors.ts'
import { type JsonSchema, reportSchema } from './report-schema.ts'
import type { Report } from './result.ts'

/** What is wrong with a value, if anything is. */
type Check = (value: unknown) => string | undefined

/** Made when it is first needed: compiling takes longer than reading. */
const compiled: { check?: Check } = {}

/**
 * Reads and checks a `report.json`.
 *
 * @throws CSMS_REPORT_INVALID
 */
export async function readReport(path: string): Promise<Report> {
  let value: unknown
  try {
    value = JSON.parse(await readFile(path, 'utf8'))
  } catch (error) {
    throw invalid(path, whyNot(error), error)
  }
  const version = schemaVersionOf(value)
  if (version !== 1) {
    const said =
      version === undefined ? 'it has no schemaVersion' : `its schemaVersion is ${version}`
    throw invalid(path, `${said}; this csms reads 1`)
  }
  compiled.check ??= checker(reportSchema)
  const problem = compiled.check(value)
  if (problem !== undefined) throw invalid(path, problem)
  return value as Report
}

function checker(schema: JsonSchema): Check {
  const ajv = new Ajv({ strict: false, allowUnionTypes: true, code: { optimize: false } })
  formats.default(ajv)
  const validate = ajv.compile(schema)
  return (value) => {
    if (validate(value)) return undefined
    const [first] = validate.errors ?? []
    return `${first?.instancePath === '' ? 'it' : first?.instancePath} ${first?.message}`
  }
}

function schemaVersionOf(value: unknown): string | number | undefined {
  if (typeof value !== 'object' || value === null || !('schemaVersion' in value)) return undefined
  const { schemaVersion } = value
  const isSaid = typeof schemaVersion === 'number' || typeof schemaVersion === 'string'
  return isSaid ? schemaVersion : undefined
}

function whyNot(error: unknown): string {
  return error instanceof SyntaxError ? 'it is not JSON' : whyUnreadable(error)
}

function invalid(path: string, message: string, cause?: unknown) {
  return csmsError('CSMS_REPORT_INVALID', { path, message }, cause)
}
