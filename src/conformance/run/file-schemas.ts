import { documentSchema } from '../../document/document-schema.ts'
import type { JsonSchema } from '../../document/fields/field.ts'
import { hooksFile } from '../hooks/hooks-field.ts'
import { fixturesFile } from './fixtures-file.ts'

/** The JSON Schema of hooks files, for editors. */
export function hooksSchema(): JsonSchema {
  return documentSchema('csms conformance hooks', hooksFile, {})
}

/** The JSON Schema of fixtures files, for editors. */
export function fixturesSchema(): JsonSchema {
  return documentSchema('csms conformance fixtures', fixturesFile, {})
}
