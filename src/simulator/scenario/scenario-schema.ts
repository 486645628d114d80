import { documentSchema } from '../../document/document-schema.ts'
import type { JsonSchema } from '../../document/fields/field.ts'
import { stepTable } from '../steps/registry.ts'
import { modelFile } from './sections/model-file.ts'
import { scenario } from './sections/scenario.ts'

/** The JSON Schema of scenario files, for editors. */
export function scenarioSchema(): JsonSchema {
  return documentSchema('csms scenario', scenario(undefined), stepTable)
}

/** The JSON Schema of model files. */
export function modelSchema(): JsonSchema {
  return documentSchema('csms station model', modelFile, {})
}
