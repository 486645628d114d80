import { compiledValidators } from '../ocpp/schema-compiler.ts'
import { officialSchemas } from './official-schemas.ts'

/** Compiles the official schemas. What is shipped has `built-validators.ts` in place of this file. */
export const officialValidators = compiledValidators(officialSchemas)
