/** A JSON Schema (2020-12), as an OpenAPI 3.1 document holds it. */
export interface Schema {
  readonly [keyword: string]: unknown
}

export function text(description: string, more: Schema = {}): Schema {
  return { type: 'string', description, ...more }
}

export function oneOf(description: string, values: readonly string[]): Schema {
  return { type: 'string', description, enum: values }
}

/** RFC 3339. */
export function instant(description: string): Schema {
  return { type: 'string', description, examples: ['2026-01-01T00:00:00.000Z'] }
}

export function whole(description: string, minimum?: number): Schema {
  return { type: 'integer', description, ...(minimum !== undefined && { minimum }) }
}

export function number(description: string): Schema {
  return { type: 'number', description }
}

export function yesNo(description: string): Schema {
  return { type: 'boolean', description }
}

export function list(description: string, items: Schema): Schema {
  return { type: 'array', description, items }
}

/** An object of any keys. */
export function map(description: string, values: Schema | true = true): Schema {
  return { type: 'object', description, additionalProperties: values }
}

/** An object; what is optional is left out where it is not known. */
export function record(
  description: string,
  required: Readonly<Record<string, Schema>>,
  optional: Readonly<Record<string, Schema>> = {},
): Schema {
  const names = Object.keys(required)
  return {
    type: 'object',
    description,
    properties: { ...required, ...optional },
    ...(names.length > 0 && { required: names }),
  }
}

/** A schema of `components`, by name. */
export function ref(name: string): Schema {
  return { $ref: `#/components/schemas/${name}` }
}
