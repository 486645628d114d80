import { documentSchema } from '../../document/document-schema.ts'
import type { JsonSchema } from '../../document/fields/field.ts'
import { serveScript } from './file-field.ts'
import { serveSteps } from './steps/registry.ts'

/** The JSON Schema of scripts of the management system's side, for editors. */
export function serveScriptSchema(): JsonSchema {
  return documentSchema('csms serve script', serveScript, serveSteps)
}
