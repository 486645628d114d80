import { checkAction } from '../../document/fields/actions.ts'
import { list, mapOf, object, oneOrMore } from '../../document/fields/collections.ts'
import { type Field, mapped, optional, required, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { boolean, integer, oneOf, text } from '../../document/fields/scalars.ts'
import { matcher } from '../../document/fields/values.ts'
import type { Reader } from '../../document/reader.ts'
import { plainValue, type SourceNode } from '../../document/source-node.ts'
import { isHttpUrl } from './http-url.ts'
import type { Errand, HttpWay, Way } from './plan.ts'
import { presetNames } from './presets/registry.ts'
import { templateNames } from './template.ts'

/** What templates of operations may name, and those of errands beside it. */
export const ofOperations = ['station', 'action', 'version', 'protocol', 'payload', 'api'] as const
export const ofErrands = ['station', 'token', 'fixtures', 'api'] as const

/** Templates in a text or below it name only what there is. */
function checkTemplates(node: SourceNode, known: readonly string[], reader: Reader): void {
  if (node.kind === 'list') for (const item of node.items) checkTemplates(item, known, reader)
  if (node.kind === 'map')
    for (const { value } of node.entries) checkTemplates(value, known, reader)
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return
  for (const name of templateNames(node.value)) {
    const head = /^\w+/.exec(name)?.[0] ?? name
    if (known.includes(head)) continue
    reader.reportUnknown(node.span, `Nothing is called "{{${name}}}"`, head, known, 'There are')
  }
}

/** Text in which `{{name}}` stands for a value. */
function template(wants: string): Field<string> {
  return text({ wants: `${wants}, {{name}} fills in a value`, longest: 10_000 })
}

const bodyWants = 'a JSON value, {{payload.idTag}} fills in a value'

const body: Field<{ readonly template: unknown }> = {
  wants: bodyWants,
  parse: (node) => ({ template: plainValue(node) }),
  schema: () => ({}),
}

const address = mapped(template('a URL'), (value, node, reader) => {
  if (value.startsWith('{{api}}') || isHttpUrl(value)) return value
  return reader.report(node.span, `"${value}" is not a URL like {{api}}/reset or http://127.0.0.1.`)
})

const header = template('a header')

export const httpShape = {
  url: required(address, 'Where to; values that are filled in are percent-encoded.'),
  method: withDefault(
    oneOf(['GET', 'POST', 'PUT', 'PATCH', 'DELETE']),
    'The method of the request.',
    'POST',
  ),
  headers: withDefault(
    mapOf(header, { wants: 'headers like {Authorization: "Bearer ${TOKEN}"}' }),
    'Beside those of the file.',
    {},
    '{}',
  ),
  body: optional(
    body,
    'JSON to send; null for none. A key whose value the payload has not is left out.',
    'the payload of the CALL',
  ),
  expect: withDefault(
    oneOrMore(integer({ min: 100, max: 599, wants: 'an HTTP status' })),
    'What the API answers when it takes the job.',
    [],
    'any from 200 to 299',
  ),
  answer: optional(matcher(), 'What the JSON of its response has to look like.', 'anything'),
} as const

const http = mapped(
  object(httpShape, { wants: 'a request like {url: "{{api}}/reset"}', shorthand: 'url' }),
  ({ url, method, headers, body: given, expect, answer }): HttpWay => ({
    kind: 'http',
    url,
    method: method,
    headers,
    body: given === undefined ? 'payload' : given.template === null ? 'none' : given,
    expect,
    answer,
  }),
)

const command = mapped(
  oneOrMore(template('a word of a command')),
  (words) => ({ kind: 'command', command: words }) as const,
)

const module = mapped(
  text({ wants: 'a JavaScript file like ./hooks.mjs', longest: 4096 }),
  (path, _node, reader) => ({ kind: 'module', module: reader.pathOf(path) }) as const,
)

const doing = {
  http: optional(http, 'A request of HTTP.'),
  command: optional(
    command,
    'A program and its arguments; the payload comes as JSON on its standard input.',
  ),
  module: optional(module, 'A JavaScript module; its default export is called with the order.'),
} as const

export const wayShape = {
  ...doing,
  manual: optional(
    template('what a person is to do'),
    'What a person is to do: it is shown, and the CALL waited for.',
  ),
  passive: optional(
    duration({ min: 1, max: 3_600_000 }),
    'The CSMS sends it by itself, at most so long after it was wanted.',
  ),
  skip: withDefault(boolean(), 'Not to be tried: the cases that need it are skipped.', false),
} as const

const wayWants = 'one of http, command, module, manual, passive and skip'

/** How one operation is ordered. */
const way: Field<Way> = mapped(
  object(wayShape, { wants: `a way to make the CSMS act: ${wayWants}` }),
  (given, node, reader) => {
    const said: Way[] = []
    if (given.http) said.push(given.http)
    if (given.command) said.push(given.command)
    if (given.module) said.push(given.module)
    if (given.manual !== undefined) said.push({ kind: 'manual', words: given.manual })
    if (given.passive !== undefined) said.push({ kind: 'passive', withinMs: given.passive })
    if (given.skip) said.push({ kind: 'skip' })
    checkTemplates(node, ofOperations, reader)
    return said.length === 1 ? said[0] : reader.report(node.span, `Say ${wayWants}.`)
  },
)

const operationsWants = 'actions, each with a way to make the CSMS send it'

/** By action; `*` is for every other one. */
const operations: Field<Readonly<Record<string, Way>>> = {
  wants: operationsWants,
  parse(node, reader) {
    if (node.kind === 'scalar' && node.value === null) return {}
    if (node.kind !== 'map') return reader.refuse(node, operationsWants)
    const entries = node.entries.map(({ key, keySpan, value }) => {
      if (key !== '*') checkAction(key, keySpan, 'csms', reader)
      return [key, reader.underKey(key, () => way.parse(value, reader))] as const
    })
    return entries.every((entry): entry is readonly [string, Way] => entry[1] !== undefined)
      ? Object.fromEntries(entries)
      : undefined
  },
  schema: () => ({
    type: ['object', 'null'],
    propertyNames: { anyOf: [{ $ref: '#/definitions/csmsAction' }, { const: '*' }] },
    additionalProperties: way.schema(),
  }),
}

const errand: Field<Errand> = mapped(
  object(
    {
      ...doing,
      each: withDefault(
        oneOf(['run', 'station', 'token']),
        'Once for the run, for each station ({{station}}), or for each token ({{token.id}}, {{token.status}}, {{token.group}}, {{token.expiry}}, {{token.type}}).',
        'run',
      ),
    },
    { wants: 'an errand like {each: token, http: {url: "{{api}}/tokens"}}' },
  ),
  ({ each, http: request, command: program, module: script }, node, reader) => {
    const said = [request, program, script].flatMap((one) => one ?? [])
    const [only] = said
    const known = ofErrands.filter((name) => name !== 'station' && name !== 'token')
    checkTemplates(node, each === 'run' ? known : [...known, each], reader)
    if (only && said.length === 1) return { each, way: only }
    return reader.report(node.span, 'Say one of http, command and module.')
  },
)

/** Keys that start like this are the author's own: a place for anchors. */
const ownPrefix = 'x-'

/** The whole file. */
export const hooksFile = object(
  {
    preset: optional(
      oneOf(presetNames, 'a CSMS that is known:'),
      'How every operation is ordered that the file says nothing of.',
      'none',
    ),
    api: optional(
      text({ wants: 'a URL like http://127.0.0.1:8080', pattern: /^https?:\/\/\S+$/ }),
      'Where the API of the CSMS answers: {{api}} in URLs; presets need it.',
    ),
    headers: withDefault(
      mapOf(text({ wants: 'a header', longest: 10_000 }), {
        wants: 'headers like {Authorization: "Bearer ${TOKEN}"}',
      }),
      'Of every request.',
      {},
      '{}',
    ),
    timeout: withDefault(
      duration({ min: 1, max: 600_000 }),
      'How long a request, command or module may take; a busy API (429, 503) is asked again within it.',
      30_000,
      '30s',
    ),
    patience: withDefault(
      duration({ min: 1, max: 3_600_000 }),
      'How long a person may take.',
      120_000,
      '2min',
    ),
    operations: withDefault(operations, 'Actions that a CSMS sends; `*` is any other.', {}, '{}'),
    provision: withDefault(
      list(errand),
      'What is done before the first case: make stations and tokens.',
      [],
      '[]',
    ),
    teardown: withDefault(
      list(errand),
      'What is done after the last case, however the run ended.',
      [],
      '[]',
    ),
  },
  { wants: 'hooks {preset, api, operations}', ignore: ownPrefix },
)
