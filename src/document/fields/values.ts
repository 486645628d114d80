import { parseJsonPath } from '../../ocpp/matchers/json-path.ts'
import { checkMatcher, matcherWords } from '../../ocpp/matchers/matcher.ts'
import { isFormat, templateUses } from '../expressions.ts'
import type { Reader } from '../reader.ts'
import { plainValue, type SourceNode } from '../source-node.ts'
import { type Field, mapped } from './field.ts'
import { text } from './scalars.ts'

/** Notes the placeholders of every text in it, to be checked against what the script saves. */
export function noteTemplates(node: SourceNode, reader: Reader): void {
  if (node.kind === 'list') for (const item of node.items) noteTemplates(item, reader)
  if (node.kind === 'map') for (const { value } of node.entries) noteTemplates(value, reader)
  if (node.kind !== 'scalar' || typeof node.value !== 'string') return
  for (const { name, format } of templateUses(node.value)) {
    if (format !== undefined && !isFormat(format)) {
      reader.report(node.span, `"{${name}:${format}}" is not a width like {index:05}.`)
    }
    reader.scope?.used.push({ name, span: node.span })
  }
}

/** Text with placeholders: `{index}`, `{tx}`. */
export function template(longest = 10_000): Field<string> {
  return mapped(
    text({ wants: 'text, {name} fills in a value', longest }),
    (value, node, reader) => {
      noteTemplates(node, reader)
      return value
    },
  )
}

/** A payload in wire names; texts may hold placeholders. */
export function payload(): Field<object> {
  const wants = 'an OCPP payload: a map with the names of the wire'
  return {
    wants,
    parse(node, reader) {
      const value = plainValue(node)
      if (node.kind !== 'map' || typeof value !== 'object' || value === null) {
        return reader.refuse(node, wants)
      }
      noteTemplates(node, reader)
      return value
    },
    schema: () => ({ type: 'object' }),
  }
}

/** What a payload has to look like; an object, so that it is never undefined. */
export interface Matcher {
  readonly matches: unknown
}

/** What a value is compared with; words that mean nothing are reported with their place. */
export function matcher(): Field<Matcher> {
  const wants = 'a matcher: values, or $any, $absent, {$regex: ...} and so on'
  return {
    wants,
    parse(node, reader) {
      const matches = plainValue(node)
      const fault = checkMatcher(matches)
      noteTemplates(node, reader)
      if (!fault) return { matches }
      const { word } = fault
      const at = placeOf(node, word) ?? node.span
      if (fault.wants !== undefined) return reader.report(at, `"${word}" wants ${fault.wants}.`)
      return reader.reportUnknown(at, `Unknown matcher "${word}"`, word, matcherWords)
    },
    schema: () => ({}),
  }
}

/** Where a key or text of this name stands first. */
function placeOf(node: SourceNode, word: string): SourceNode['span'] | undefined {
  if (node.kind === 'scalar') return node.value === word ? node.span : undefined
  if (node.kind === 'list') {
    return node.items.map((item) => placeOf(item, word)).find((span) => span !== undefined)
  }
  for (const { key, keySpan, value } of node.entries) {
    const span = key === word ? keySpan : placeOf(value, word)
    if (span) return span
  }
  return undefined
}

const savedName = /^[A-Za-z]\w*$/

/** `{tx: $.transactionId}`: names that later templates use, and where the answer holds them. */
export function save(): Field<Readonly<Record<string, string>>> {
  const wants = 'names and paths like {tx: $.transactionId}'
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'map') {
        return reader.refuse(node, wants)
      }
      const paths = node.entries.flatMap(({ key, keySpan, value }) => {
        reader.scope?.saved.add(key)
        const path = value.kind === 'scalar' ? value.text : ''
        const isName = savedName.test(key)
        if (!isName) reader.report(keySpan, `"${key}" is not a name like "tx".`)
        if (reader.vars.includes(key)) {
          reader.report(keySpan, `"${key}" is a var of the file; save it under another name.`)
        }
        const isPath = parseJsonPath(path) !== undefined
        if (!isPath) reader.refuse(value, 'a path like $.idTagInfo.status')
        return isName && isPath ? [[key, path] as const] : []
      })
      return paths.length === node.entries.length ? Object.fromEntries(paths) : undefined
    },
    schema: () => ({
      type: 'object',
      additionalProperties: { type: 'string', pattern: '^\\$' },
    }),
  }
}
