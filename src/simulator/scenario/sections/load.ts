import { object, type Shape, type ValueOf } from '../../../document/fields/collections.ts'
import { type Field, optional, withDefault } from '../../../document/fields/field.ts'
import { duration, rate } from '../../../document/fields/quantities.ts'
import { integer, oneOf } from '../../../document/fields/scalars.ts'
import type { Reader } from '../../../document/reader.ts'
import {
  entryOf,
  type MapNode,
  type SourceEntry,
  type SourceNode,
} from '../../../document/source-node.ts'
import type { ExecutorDefinition } from '../../executors/executor.ts'
import {
  type ExecutorName,
  type ExecutorPlan,
  executorDefinitions,
  executorNames,
  findExecutor,
} from '../../executors/registry.ts'

/** The windows, which may stand at the top of the file or in `load`. */
export const windows = {
  warmup: optional(duration(), 'After the ramp, not part of the headlines. Real time.', '0s'),
  steady: optional(duration({ min: 1 }), 'What headlines cover. Real time.', 'until scripts end'),
  drain: optional(duration(), 'How long outstanding answers may take. Real time.', '10s'),
}

/**
 * Connects under way at once over the whole run, where the file does not say. Two cores that hold
 * both ends shake about 500 hands a second: with 500 under way each takes a second, far from where
 * stations give up (15 s) or a CSMS of several processes turns them away (5 s). A target that is a
 * fifth of a second away over TLS gets 1,000 new connections a second within it.
 */
export const standardInFlight = 500

const connect = object(
  {
    rate: optional(rate(), 'New connections over all fleets.', 'as fast as they are accepted'),
    jitter: withDefault(duration(), 'Each connects up to this much later.', 0, '0s'),
    inFlight: withDefault(
      integer({ min: 1, max: 1_000_000 }),
      'Connects under way at once over all fleets; beyond, the ramp waits.',
      standardInFlight,
      String(standardInFlight),
    ),
  },
  { wants: 'a connect ramp like {rate: 1000/s}', shorthand: 'rate' },
)

const standardConnect = { rate: undefined, jitter: 0, inFlight: standardInFlight }

const standard = 'once'

/** What `load` has whatever the executor. */
const common = {
  executor: withDefault(
    oneOf(executorNames),
    'How load arrives; each has [keys of its own](executors.md).',
    standard,
  ),
  connect: withDefault(connect, 'The ramp.', standardConnect, 'all at once'),
  ...windows,
  gracefulStop: optional(
    duration(),
    'How long scripts may go on when steady is over. Real time.',
    "the executor's",
  ),
}

const nothingSaid = {
  connect: standardConnect,
  warmup: undefined,
  steady: undefined,
  drain: undefined,
  gracefulStop: undefined,
}

const wants = 'a load like {executor: constant-stations, steady: 60s}'

/** What a `load` section says, as far as it is sound: all of it is checked together. */
export type LoadGiven = Omit<ValueOf<typeof common>, 'executor'> & {
  /** Undefined: something in the section is unsound. */
  readonly executor: ExecutorPlan | undefined
  readonly draft: ExecutorDraft
}

/** The executor that is named, with those of its keys that are sound. */
export interface ExecutorDraft {
  readonly definition: ExecutorDefinition<ExecutorName, unknown>
  readonly options: Readonly<Record<string, unknown>>
}

/** How load arrives: what all executors share, and the keys of the one that it names. */
export const load: Field<LoadGiven> & {
  readonly shape: typeof common
  readonly shorthand: undefined
} = {
  wants,
  shape: common,
  shorthand: undefined,
  parse(node, reader) {
    if (node.kind !== 'map') return reader.refuse(node, wants)
    const named = entryOf(node, 'executor')
    const name = named ? readName(named, reader) : standard
    const definition = name === undefined ? undefined : findExecutor(name)
    return definition && readLoad(definition, node, reader)
  },
  schema: () => ({ anyOf: executorDefinitions.map(schemaOf) }),
}

function readName(named: SourceEntry, reader: Reader): ExecutorName | undefined {
  const { field } = common.executor
  return reader.underKey('executor', () => field.parse(named.value, reader)) as
    | ExecutorName
    | undefined
}

function readLoad(
  definition: ExecutorDefinition<ExecutorName, unknown>,
  node: MapNode,
  reader: Reader,
): LoadGiven {
  const { name, fields } = definition
  const field = fieldOf(name, fields)
  const parts = field.parts(withoutStrangers(node, definition, reader), reader)
  const sound = Object.entries(parts).filter(([key]) => isKey(fields, key))
  const options = Object.fromEntries(sound)
  const isWhole = field.whole(parts) !== undefined
  return {
    ...nothingSaid,
    ...(parts as Partial<ValueOf<typeof common>>),
    executor: isWhole ? ({ name, options } as ExecutorPlan) : undefined,
    draft: { definition, options },
  }
}

function fieldOf(name: ExecutorName, fields: Shape) {
  const shape: Shape = { ...common, ...fields }
  return object(shape, { wants: name })
}

/** Keys that other executors have are told by whose they are. */
function withoutStrangers(
  node: MapNode,
  definition: ExecutorDefinition<ExecutorName, unknown>,
  reader: Reader,
): SourceNode {
  const known = { ...common, ...definition.fields }
  const entries = node.entries.filter(({ key, keySpan }) => {
    const owners = executorDefinitions.filter(({ fields }) => isKey(fields, key))
    if (isKey(known, key) || owners.length === 0) return true
    const names = eitherOf(owners.map(({ name }) => name))
    reader.report(keySpan, `"${key}" goes with ${names}, not with ${definition.name}.`)
    return false
  })
  return { ...node, entries }
}

/** `a, b or c` */
function eitherOf(names: readonly string[]): string {
  const last = names.slice(-1)
  const others = names.slice(0, -1).join(', ')
  return others === '' ? last.join('') : `${others} or ${last.join('')}`
}

function isKey(shape: Shape, key: string): boolean {
  return Object.prototype.hasOwnProperty.call(shape, key)
}

function schemaOf({ name, summary, fields }: ExecutorDefinition<ExecutorName, unknown>) {
  const schema = fieldOf(name, fields).schema()
  const properties = schema['properties'] as Readonly<Record<string, unknown>>
  const required = (schema['required'] ?? []) as readonly string[]
  return {
    ...schema,
    type: 'object',
    title: name,
    description: summary,
    properties: { ...properties, executor: { const: name } },
    required: name === standard ? required : ['executor', ...required],
  }
}
