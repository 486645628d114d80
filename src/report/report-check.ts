import { Ajv } from 'ajv'
import formats from 'ajv-formats'
import { reportSchema } from './report-schema.ts'

/* Loaded when the first report is read: compiling takes longer than reading. */
const ajv = new Ajv({ strict: false, allowUnionTypes: true, code: { optimize: false } })
formats.default(ajv)
const validate = ajv.compile(reportSchema)

/** What breaks the schema of `report.json` in a value, if anything does: place and rule. */
export function faultOfReport(value: unknown): string | undefined {
  if (validate(value)) return undefined
  const [first] = validate.errors ?? []
  return `${first?.instancePath === '' ? 'it' : first?.instancePath} ${first?.message}`
}
