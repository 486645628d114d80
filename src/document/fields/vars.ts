import { nearestName } from '../../shared/nearest.ts'
import type { Reader } from '../reader.ts'
import { entryOf, type MapNode, type SourceEntry } from '../source-node.ts'
import { type VarSettings, varName, wrongSetting } from '../vars.ts'
import type { Field } from './field.ts'

const wants = 'names and values like {stations: 400, rate: 200/s}'

/**
 * Values that are said once; what stands in the tree already has them filled in.
 *
 * @param taken names that templates of the file know by themselves
 */
export function vars(taken: readonly string[]): Field<readonly string[]> {
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'map') return reader.refuse(node, wants)
      for (const entry of node.entries) checkEntry(entry, taken, reader)
      return node.entries.map(({ key }) => key)
    },
    schema: () => ({
      type: 'object',
      propertyNames: { pattern: varName.source },
      additionalProperties: { type: ['string', 'number', 'boolean', 'null'] },
    }),
  }
}

function checkEntry(
  { key, keySpan, value }: SourceEntry,
  taken: readonly string[],
  reader: Reader,
): void {
  if (!varName.test(key)) {
    reader.report(keySpan, `"${key}" is not a name like "rate" or "peak_rate".`)
  } else if (taken.includes(key)) {
    reader.report(keySpan, `"{${key}}" is a name that stations have of their own.`)
  } else if (value.kind !== 'scalar') {
    reader.report(value.span, `A var is one value: text, a number, a quantity, true or false.`)
  }
}

/** Holds what the command line says against what the file says. */
export function checkSettings(root: MapNode, settings: VarSettings, reader: Reader): void {
  const section = entryOf(root, 'vars')
  const entries = section?.value.kind === 'map' ? section.value.entries : []
  const names = entries.map(({ key }) => key)
  for (const [name, given] of Object.entries(settings)) {
    const entry = entries.find(({ key }) => key === name)
    const at = entry?.value.span ?? section?.keySpan ?? { start: 0, end: 1 }
    if (!entry) reader.report(at, unknownVar(name, names))
    else if (entry.value.kind === 'scalar') {
      const wrong = wrongSetting(given, entry.value.value, entry.value.text)
      if (wrong !== undefined) reader.report(at, `--set ${name}: ${wrong}.`)
    }
  }
  for (const { key, keySpan, value } of entries) {
    const isOpen = value.kind === 'scalar' && value.value === null
    if (!isOpen || Object.prototype.hasOwnProperty.call(settings, key)) continue
    reader.report(keySpan, `The var "${key}" has no value here: say it with --set ${key}=...`)
  }
}

function unknownVar(name: string, names: readonly string[]): string {
  if (names.length === 0) return `--set ${name}: this file has no vars.`
  const near = nearestName(name, names)
  const hint = near === undefined ? `There are ${names.join(', ')}.` : `Did you mean "${near}"?`
  return `--set ${name}: there is no such var. ${hint}`
}
