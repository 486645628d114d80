import { ruleIdsOf } from '../../conformance/rules/rule-table.ts'
import { list, object, oneOrMore } from '../../document/fields/collections.ts'
import { type Field, mapped, optional, required, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { integer, oneOf, text } from '../../document/fields/scalars.ts'
import { steps } from '../../document/fields/steps.ts'
import { vars } from '../../document/fields/vars.ts'
import type { Reader, Scope } from '../../document/reader.ts'
import { entryOf, type SourceNode } from '../../document/source-node.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import { answers } from './answer-field.ts'
import type { ScriptPart } from './plan.ts'
import { builtinNames } from './variables.ts'

const identity = text({ wants: 'an identity like CP1, or "CP-*"', longest: 100 })

const partShape = {
  stations: withDefault(
    oneOrMore(identity),
    'Whose part it is: identities; `*` stands for any characters, `?` for any one.',
    ['*'],
    '"*"',
  ),
  protocol: optional(
    oneOf(ocppVersions),
    'Only stations that speak it; actions are then checked against it.',
    'any',
  ),
  answers: withDefault(
    answers,
    'What stations hear in place of what csms answers: by action, one answer for every CALL or a list, each for the next; after the list csms answers by itself.',
    {},
    '{}',
  ),
  script: optional(
    steps(),
    'What is done to each station, once, from its first connection on.',
    'it only answers',
  ),
} as const

export const part = object(partShape, { wants: 'a part {stations, answers, script}' })

export const until = object(
  {
    stations: optional(
      integer({ min: 1, max: 1_000_000 }),
      'So many stations have ended their scripts.',
      'as many as `stations` names without `*` and `?`, else 1',
    ),
    within: optional(
      duration({ min: 1 }),
      'So long after it began to listen; who is not done by then has failed.',
      'no limit',
    ),
    idle: withDefault(
      duration({ min: 1 }),
      'So long no station was playing, and too few have ended.',
      600_000,
      '10min',
    ),
  },
  { wants: 'an end like {stations: 2, within: 10min}' },
)

/** Keys that start like this are the author's own: a place for anchors. */
const ownPrefix = 'x-'

const parts = list(scoped(mapped(part, (given): ScriptPart => given)), 'a list of parts')

/** The whole file. */
export const serveScript = object(
  {
    name: required(
      text({ wants: 'a name like slow-answers', pattern: /^[A-Za-z0-9][\w .-]{0,79}$/ }),
      'What the verdict calls it.',
    ),
    description: withDefault(text({ longest: 2000 }), 'For people.', '', 'none'),
    vars: withDefault(
      vars(Object.keys(builtinNames)),
      'Values to name as `${name}` anywhere, as `{name}` in texts; --set name=value replaces one.',
      [],
      '{}',
    ),
    ...partShape,
    parts: optional(
      parts,
      'In place of `stations`, `protocol`, `answers` and `script`: several parts; a station plays the first that is for it.',
      'the file is one part',
    ),
    until: optional(until, 'What ends the run.', 'see until'),
    tolerate: withDefault(
      list(oneOf(ruleIdsOf('station'), 'a rule:')),
      'Rules whose violation by a station does not fail it.',
      [],
      '[]',
    ),
  },
  { wants: 'a script {name, answers, script}', ignore: ownPrefix },
)

/** Reads a part with the versions that its stations may speak. */
function scoped<Value>(field: Field<Value>): Field<Value> {
  return {
    ...field,
    parse: (node, reader) => inScope(node, reader, () => field.parse(node, reader)),
  }
}

/** Reads something in the scope of the part that `node` is. */
export function inScope<Value>(node: SourceNode, reader: Reader, read: () => Value): Value {
  const written = node.kind === 'map' ? entryOf(node, 'protocol')?.value : undefined
  const said = ocppVersions.find((one) => written?.kind === 'scalar' && one === written.text)
  const scope: Scope = {
    versions: said === undefined ? ocppVersions : [said],
    saved: new Set(),
    used: [],
  }
  return reader.within(scope, () => {
    const value = read()
    reader.checkTemplates(scope, Object.keys(builtinNames))
    return value
  })
}
