import { describeNode } from '../source-node.ts'
import type { Field } from './field.ts'
import { mapped } from './field.ts'

interface TextRules {
  readonly wants?: string
  readonly pattern?: RegExp
  readonly longest?: number
}

/** Text. Numbers are taken as they were written, so that `serial: 007` needs no quotes. */
export function text(rules: TextRules = {}): Field<string> {
  const wants = rules.wants ?? 'text'
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'scalar' || node.value === null || typeof node.value === 'boolean') {
        const hint = node.kind === 'scalar' && node.value !== null ? '; put it in quotes' : ''
        return reader.report(node.span, `${describeNode(node)} is not ${wants}${hint}.`)
      }
      const value = typeof node.value === 'string' ? node.value : node.text
      if (value === '') return reader.report(node.span, `Empty; ${reader.subject} wants ${wants}.`)
      if (rules.pattern && !rules.pattern.test(value)) {
        return reader.report(node.span, `"${value}" is not ${wants}.`)
      }
      if (rules.longest !== undefined && value.length > rules.longest) {
        const message = `${value.length} characters are too long; ${wants} has at most ${rules.longest}.`
        return reader.report(node.span, message)
      }
      return value
    },
    schema: () => ({
      type: ['string', 'number'],
      ...(rules.pattern ? { pattern: rules.pattern.source } : {}),
      ...(rules.longest === undefined ? {} : { maxLength: rules.longest }),
    }),
  }
}

interface Range {
  readonly min?: number
  readonly max?: number
  /** With its unit: "a voltage in volts". */
  readonly wants?: string
}

function rangeText({ min, max }: Range): string {
  if (min !== undefined && max !== undefined) return ` from ${min} to ${max}`
  if (min !== undefined) return ` from ${min} up`
  return max === undefined ? '' : ` up to ${max}`
}

/** A finite number within a range, its ends included; text that is one is taken, too. */
export function number(range: Range = {}): Field<number> {
  const wants = (range.wants ?? 'a number') + rangeText(range)
  return {
    wants,
    parse(node, reader) {
      // Text that looks like a number comes from ${ENV} in quotes.
      const value =
        node.kind === 'scalar' && typeof node.value === 'string' && node.value.trim() !== ''
          ? Number(node.value)
          : node.kind === 'scalar'
            ? node.value
            : undefined
      if (typeof value !== 'number' || !Number.isFinite(value)) {
        return reader.refuse(node, wants)
      }
      if (value < (range.min ?? -Infinity) || value > (range.max ?? Infinity)) {
        return reader.report(
          node.span,
          `${value} is out of range; ${reader.subject} wants ${wants}.`,
        )
      }
      return value
    },
    schema: () => ({
      type: 'number',
      ...(range.min === undefined ? {} : { minimum: range.min }),
      ...(range.max === undefined ? {} : { maximum: range.max }),
    }),
  }
}

/** As `number`, whole and exact. */
export function integer(range: Range = {}): Field<number> {
  const base = number({ ...range, wants: range.wants ?? 'a whole number' })
  const whole = mapped(base, (value, node, reader) =>
    Number.isSafeInteger(value) ? value : reader.refuse(node, base.wants),
  )
  return { ...whole, schema: () => ({ ...base.schema(), type: 'integer' }) }
}

export function boolean(): Field<boolean> {
  return {
    wants: 'true or false',
    parse: (node, reader) =>
      node.kind === 'scalar' && typeof node.value === 'boolean'
        ? node.value
        : reader.refuse(node, 'true or false'),
    schema: () => ({ type: 'boolean' }),
  }
}

/** One of a closed list of names. */
export function oneOf<const Name extends string>(
  names: readonly Name[],
  noun = 'one of',
): Field<Name> {
  const wants = `${noun} ${names.join(', ')}`
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'scalar') {
        return reader.refuse(node, wants)
      }
      const found = names.find((name) => name === node.text)
      if (found !== undefined) return found
      const message = `${reader.subject} cannot be "${node.text}"`
      return reader.reportUnknown(node.span, message, node.text, names, 'It is one of')
    },
    schema: () => ({ enum: names }),
  }
}
