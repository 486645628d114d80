import { actionDefinitions } from './fields/actions.ts'
import type { Field, JsonSchema } from './fields/field.ts'
import type { StepForm, StepForms } from './step-form.ts'

/** The JSON Schema (draft 7) of a language's files, for editors. */
export function documentSchema(title: string, file: Field<unknown>, steps: StepForms): JsonSchema {
  const forms = Object.values(steps)
  const bare = forms.filter(({ args }) => standsAlone(args.schema()))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title,
    ...orNamed(file.schema()),
    definitions: {
      ...orNamedAll(actionDefinitions()),
      ...(forms.length > 0 && {
        steps: { type: 'array', items: { $ref: '#/definitions/step' } },
        step: {
          anyOf: [
            { enum: bare.map(({ name }) => name), description: 'A step without arguments.' },
            ...forms.map(stepSchema).map(orNamed),
          ],
        },
      }),
      [named]: {
        type: 'string',
        pattern: '\\$?\\{[A-Za-z_]\\w*\\}',
        description: 'The value of a var or of the environment: ${name}.',
      },
    },
  }
}

const named = 'named'

/**
 * A value that has a form of its own may be named instead: `${rate}`. Only keywords that hold schemas
 * are followed, so that a property called "type" is none.
 */
function orNamed(schema: JsonSchema): JsonSchema {
  if (hasForm(schema)) {
    const { description, ...form } = schema
    const either = { anyOf: [form, { $ref: `#/definitions/${named}` }] }
    return description === undefined ? either : { ...either, description }
  }
  const inner = Object.entries(schema).map(([keyword, value]) => {
    if (keyword === 'properties' || keyword === 'patternProperties') {
      return [keyword, orNamedAll(value as Readonly<Record<string, JsonSchema>>)]
    }
    if (keyword === 'anyOf') return [keyword, (value as readonly JsonSchema[]).map(orNamed)]
    const isSchema = typeof value === 'object' && value !== null
    const holdsOne = keyword === 'items' || keyword === 'additionalProperties'
    return [keyword, holdsOne && isSchema ? orNamed(value as JsonSchema) : value]
  })
  return Object.fromEntries(inner) as JsonSchema
}

function orNamedAll(
  schemas: Readonly<Record<string, JsonSchema>>,
): Readonly<Record<string, JsonSchema>> {
  return Object.fromEntries(Object.entries(schemas).map(([key, one]) => [key, orNamed(one)]))
}

/** Numbers, switches, names of a list, and texts that have to look like something. */
function hasForm(schema: JsonSchema): boolean {
  if ('enum' in schema) return true
  const types: readonly unknown[] = [schema['type']].flat()
  if (types.includes('null')) return false
  if (types.includes('string')) return 'pattern' in schema || 'maxLength' in schema
  return types.some((type) => type === 'number' || type === 'integer' || type === 'boolean')
}

function stepSchema(definition: StepForm): JsonSchema {
  const { name, summary, args, beside } = definition
  const schema = args.schema()
  const siblings = (beside ?? []).map((key) => [key, propertyOf(schema, key)] as const)
  // What stands beside the step is not required below it.
  const inside = beside?.includes('steps') ? withoutRequired(schema, 'steps') : schema
  return {
    type: 'object',
    properties: { [name]: { ...inside, description: summary }, ...Object.fromEntries(siblings) },
    required: [name],
    additionalProperties: false,
  }
}

/** The object form of a schema with a shorthand. */
function objectForm(schema: JsonSchema): JsonSchema {
  const forms = schema['anyOf']
  if (!Array.isArray(forms)) return schema
  return (forms as readonly JsonSchema[]).find((form) => 'properties' in form) ?? schema
}

function propertyOf(schema: JsonSchema, key: string): unknown {
  const properties = objectForm(schema)['properties']
  if (typeof properties !== 'object' || properties === null) return {}
  return (properties as JsonSchema)[key] ?? {}
}

function withoutRequired(schema: JsonSchema, key: string): JsonSchema {
  const forms = schema['anyOf']
  if (Array.isArray(forms)) {
    const all = forms as readonly JsonSchema[]
    return { ...schema, anyOf: all.map((form) => withoutRequired(form, key)) }
  }
  const required = schema['required']
  if (!Array.isArray(required)) return schema
  return { ...schema, required: (required as readonly string[]).filter((one) => one !== key) }
}

/** `- boot` is enough where nothing is required. */
function standsAlone(schema: JsonSchema): boolean {
  const form = objectForm(schema)
  return 'properties' in form && !Array.isArray(form['required'])
}
