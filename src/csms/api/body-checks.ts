import { Ajv } from 'ajv'

/** Compiles the schemas of bodies. Loaded when the first body comes: most servers are never sent one. */
export const bodyChecks = new Ajv({ strict: false, allErrors: true })
