import { list, object } from '../../../document/fields/collections.ts'
import { type Field, mapped, optional, required } from '../../../document/fields/field.ts'
import type { Reader } from '../../../document/reader.ts'
import type { SourceNode } from '../../../document/source-node.ts'
import { type Distribution, fixed } from '../distributions.ts'

const kinds = ['between', 'normal', 'exponential', 'oneOf'] as const
type Kind = (typeof kinds)[number]

/**
 * A quantity, or how it is drawn: `{between: [1min, 10min]}`, `{normal: {mean: 5min, sd: 1min}}`,
 * `{exponential: {mean: 5min}}`, `{oneOf: [1min, 2min]}`.
 */
export function distribution(value: Field<number>): Field<Distribution> {
  const forms = {
    between: between(value),
    normal: normal(value),
    exponential: exponential(value),
    oneOf: list(value),
  }
  const wants = `${value.wants}, or {between: [low, high]}`
  return {
    wants,
    keys: kinds,
    parse(node, reader) {
      if (node.kind === 'scalar') {
        const one = value.parse(node, reader)
        return one === undefined ? undefined : fixed(one)
      }
      const chosen = chosenKind(node, reader, wants)
      if (chosen === undefined) return undefined
      const [kind, inner] = chosen
      if (kind !== 'oneOf') return forms[kind].parse(inner, reader)
      const values = forms.oneOf.parse(inner, reader)
      if (values?.length === 0) return reader.report(inner.span, 'An empty list to draw from.')
      return values && { kind, values }
    },
    schema: () => ({
      anyOf: [
        value.schema(),
        ...kinds.map((kind) => ({
          type: 'object',
          properties: { [kind]: forms[kind].schema() },
          required: [kind],
          additionalProperties: false,
        })),
      ],
    }),
  }
}

function chosenKind(
  node: Exclude<SourceNode, { readonly kind: 'scalar' }>,
  reader: Reader,
  wants: string,
): readonly [Kind, SourceNode] | undefined {
  const only = node.kind === 'map' && node.entries.length === 1 ? node.entries[0] : undefined
  if (!only) return reader.refuse(node, wants)
  const kind = kinds.find((one) => one === only.key)
  if (kind) return [kind, only.value]
  return reader.reportUnknown(only.keySpan, `Unknown distribution "${only.key}"`, only.key, kinds)
}

function between(value: Field<number>): Field<Distribution> {
  const wants = `two values, [low, high], each ${value.wants}`
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'list' || node.items.length !== 2) {
        return reader.report(node.span, `"between" wants ${wants}.`)
      }
      const [low, high] = node.items.map((item) => value.parse(item, reader))
      if (low === undefined || high === undefined) return undefined
      if (low > high) return reader.report(node.span, 'The low end is above the high end.')
      return { kind: 'between', low, high }
    },
    schema: () => ({ type: 'array', items: value.schema(), minItems: 2, maxItems: 2 }),
  }
}

function normal(value: Field<number>): Field<Distribution> {
  const shape = object(
    {
      mean: required(value, 'The mean.'),
      sd: required(value, 'The standard deviation.'),
      min: optional(value, 'Lower draws count as this.', '0'),
      max: optional(value, 'Higher draws count as this.', 'none'),
    },
    { wants: 'a normal distribution {mean, sd, min?, max?}' },
  )
  return mapped(shape, ({ mean, sd, min, max }, node, reader) => {
    const [low, high] = [min ?? 0, max ?? Number.MAX_VALUE]
    if (low > high) return reader.report(node.span, '"min" is above "max".')
    return { kind: 'normal', mean, sd, min: low, max: high }
  })
}

function exponential(value: Field<number>): Field<Distribution> {
  const shape = object(
    {
      mean: required(value, 'The mean.'),
      max: optional(value, 'Higher draws count as this.', 'none'),
    },
    { wants: 'an exponential distribution {mean, max?}' },
  )
  return mapped(shape, ({ mean, max }) => ({
    kind: 'exponential',
    mean,
    max: max ?? Number.MAX_VALUE,
  }))
}
