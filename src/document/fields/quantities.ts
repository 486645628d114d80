import { type Dimension, dimensions, exampleOf, formatQuantity, parseQuantity } from '../units.ts'
import type { Field } from './field.ts'

interface Limits {
  /** In the plan's unit: ms, W, Wh, a share of 1, events per second. */
  readonly min?: number
  readonly max?: number
}

/** A number with its unit; the value is in the plan's unit. */
function quantity(dimension: Dimension, limits: Limits = {}): Field<number> {
  const wants = exampleOf(dimension)
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'scalar' || node.value === null || node.value === true) {
        return reader.refuse(node, wants)
      }
      const found = parseQuantity(node.text)
      if (found?.dimension !== dimension) {
        const message = wrongUnit(node.text, reader.subject, dimension, found?.dimension)
        return reader.report(node.span, message)
      }
      const outside = outOfRange(found.value, dimension, limits)
      return outside === undefined
        ? found.value
        : reader.report(
            node.span,
            `${node.text} is out of range; ${reader.subject} wants ${outside}.`,
          )
    },
    schema: () => ({ type: 'string', pattern: patternOf(dimension), description: wants }),
  }
}

function wrongUnit(
  text: string,
  subject: string,
  wanted: Dimension,
  found: Dimension | undefined,
): string {
  const wants = exampleOf(wanted)
  if (found) return `"${text}" is ${dimensions[found].noun}; ${subject} wants ${wants}.`
  const units = Object.keys(dimensions[wanted].units)
  const written = /^\s*(\d+(?:\.\d+)?)\s*(\S*)\s*$/.exec(text)
  if (!written) return `"${text}" is not ${wants}.`
  const [, count = '', unit = ''] = written
  if (unit === '') return `"${text}" has no unit; ${subject} wants ${wants}.`
  const near =
    units.find((one) => one.toLowerCase() === unit.toLowerCase()) ??
    units.find((one) => one.startsWith(unit.toLowerCase()) && unit.length > 0 && one !== 'ms')
  return near === undefined
    ? `Unknown unit "${unit}"; ${subject} wants ${wants} (${units.join(', ')}).`
    : `Unknown unit "${unit}". Did you mean "${count}${near}"?`
}

function outOfRange(value: number, dimension: Dimension, { min, max }: Limits): string | undefined {
  const show = (limit: number) => formatQuantity({ dimension, value: limit })
  if (value >= (min ?? 0) && value <= (max ?? Infinity)) return undefined
  const low = min === undefined ? '' : ` from ${show(min)}`
  return `${dimensions[dimension].noun}${low}${max === undefined ? ' up' : ` to ${show(max)}`}`
}

function patternOf(dimension: Dimension): string {
  const units = Object.keys(dimensions[dimension].units).join('|')
  const part = `\\d+(\\.\\d+)?\\s*(${units})`
  return dimension === 'duration' ? `^(${part}\\s*)+$` : `^${part}$`
}

/** Milliseconds. */
export const duration = (limits?: Limits): Field<number> => quantity('duration', limits)
/** Watts. */
export const power = (limits?: Limits): Field<number> => quantity('power', limits)
/** Watt-hours. */
export const energy = (limits?: Limits): Field<number> => quantity('energy', limits)
/** A share of 1, at most 100 %. */
export const percent = (): Field<number> => quantity('percent', { min: 0, max: 1 })
/** Events per second. */
export const rate = (limits: Limits = { min: 0.001, max: 1_000_000 }): Field<number> =>
  quantity('rate', limits)
/** Events per simulated second; none at all is a rate, too. */
export const simulatedRate = (): Field<number> => quantity('rate', { min: 0, max: 1_000_000 })
