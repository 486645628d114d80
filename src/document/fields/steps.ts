import type { Reader } from '../reader.ts'
import {
  describeNode,
  type MapNode,
  type ScalarNode,
  type SourceEntry,
  type SourceNode,
} from '../source-node.ts'
import type { StepForm, StepPlan } from '../step-form.ts'
import type { Field } from './field.ts'

const wants = 'a list of steps'

/** A script: `[boot, {wait: 5s}]`. Where the JSON Schema keeps it: `#/definitions/steps`. */
export function steps(): Field<StepPlan[]> {
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'list') {
        return reader.refuse(node, wants)
      }
      const read = node.items.map((item) => parseStep(item, reader))
      return read.every((step) => step !== undefined) ? read : undefined
    },
    schema: () => ({ $ref: '#/definitions/steps' }),
  }
}

function parseStep(node: SourceNode, reader: Reader): StepPlan | undefined {
  if (node.kind === 'scalar' && typeof node.value === 'string') return parseBareStep(node, reader)
  const first = node.kind === 'map' ? node.entries[0] : undefined
  if (node.kind !== 'map' || !first) {
    const message = `${describeNode(node)} is not a step; write "- boot" or "- wait: 5s".`
    return reader.report(node.span, message)
  }
  const definition = definitionOf(first.key, first.keySpan, reader)
  if (!definition) return undefined
  const args = definition.args.parse(argumentsOf(definition, first, node, reader), reader)
  if (args === undefined) return undefined
  return { step: first.key, args, ...reader.place(first.keySpan) }
}

function parseBareStep(node: ScalarNode, reader: Reader): StepPlan | undefined {
  const definition = definitionOf(node.text, node.span, reader)
  const args = definition?.args.parse({ kind: 'map', entries: [], span: node.span }, reader)
  if (args === undefined) return undefined
  return { step: node.text, args, ...reader.place(node.span) }
}

function definitionOf(
  name: string,
  span: SourceNode['span'],
  reader: Reader,
): StepForm | undefined {
  if (Object.prototype.hasOwnProperty.call(reader.steps, name)) return reader.steps[name]
  return reader.reportUnknown(span, `Unknown step "${name}"`, name, Object.keys(reader.steps))
}

/** Folds the keys beside the step into its arguments. */
function argumentsOf(
  definition: StepForm,
  first: SourceEntry,
  node: MapNode,
  reader: Reader,
): SourceNode {
  const allowed = definition.beside ?? []
  const beside = node.entries.slice(1).filter((entry) => {
    if (allowed.includes(entry.key)) return true
    reportStranger(definition, entry, allowed, reader)
    return false
  })
  if (beside.length === 0) return first.value
  const span = first.keySpan
  if (first.value.kind === 'map') {
    return { kind: 'map', entries: [...first.value.entries, ...beside], span }
  }
  const short = 'shorthand' in definition.args ? definition.args.shorthand : undefined
  const isEmpty = first.value.kind === 'scalar' && first.value.value === null
  if (isEmpty || typeof short !== 'string') return { kind: 'map', entries: beside, span }
  return { kind: 'map', entries: [{ ...first, key: short }, ...beside], span }
}

function reportStranger(
  definition: StepForm,
  { key, keySpan }: SourceEntry,
  allowed: readonly string[],
  reader: Reader,
): void {
  if (Object.prototype.hasOwnProperty.call(reader.steps, key)) {
    reader.report(keySpan, `One step per list item: put "- " before "${key}".`)
    return
  }
  const inside = `Unknown key "${key}" beside "${definition.name}"`
  const hint = allowed.length === 0 ? '; its arguments are indented below it' : ''
  reader.reportUnknown(keySpan, inside + hint, key, allowed, 'Beside it may stand')
}
