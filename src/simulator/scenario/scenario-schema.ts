import { stepTable } from '../steps/registry.ts'
import type { StepDefinition } from '../steps/step-definition.ts'
import { actionDefinitions } from './fields/actions.ts'
import type { JsonSchema } from './fields/field.ts'
import { scenario } from './sections/scenario.ts'

/** The JSON Schema (draft 7) of scenario files, for editors. */
export function scenarioSchema(): JsonSchema {
  const definitions = Object.values(stepTable)
  const bare = definitions.filter(({ args }) => standsAlone(args.schema()))
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: 'csms scenario',
    ...scenario(undefined).schema(),
    definitions: {
      ...actionDefinitions(),
      steps: { type: 'array', items: { $ref: '#/definitions/step' } },
      step: {
        anyOf: [
          { enum: bare.map(({ name }) => name), description: 'A step without arguments.' },
          ...definitions.map(stepSchema),
        ],
      },
    },
  }
}

function stepSchema(definition: StepDefinition<unknown>): JsonSchema {
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
