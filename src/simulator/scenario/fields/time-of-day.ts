import { parseClockTime } from '../../../document/clock-time.ts'
import type { Field } from '../../../document/fields/field.ts'
import { parseQuantity } from '../../../document/units.ts'

const clockPattern = '([01]?\\d|2[0-3]):[0-5]\\d(:[0-5]\\d)?'

/** `18:00`, in milliseconds since midnight. */
export function timeOfDay(): Field<number> {
  const wants = 'a time of day like 06:00'
  return {
    wants,
    parse(node, reader) {
      const ms = node.kind === 'scalar' ? parseClockTime(node.text) : undefined
      return ms ?? reader.refuse(node, wants)
    },
    schema: () => ({ type: 'string', pattern: `^${clockPattern}$`, description: wants }),
  }
}

/** An instant of the day as it is written. */
export type DayInstant =
  /** Milliseconds since midnight. */
  | { readonly kind: 'clock'; readonly ms: number; readonly text: string }
  /** Simulated milliseconds since the day began. */
  | { readonly kind: 'after'; readonly ms: number; readonly text: string }

/** `18:00`, or `10min` after the day began. */
export function dayInstant(): Field<DayInstant> {
  const wants = 'a time of day like 18:00, or a duration like 10min'
  return {
    wants,
    parse(node, reader) {
      if (node.kind !== 'scalar') return reader.refuse(node, wants)
      const { text } = node
      const clock = parseClockTime(text)
      if (clock !== undefined) return { kind: 'clock', ms: clock, text }
      const after = parseQuantity(text)
      if (after?.dimension === 'duration') return { kind: 'after', ms: after.value, text }
      return reader.refuse(node, wants)
    },
    schema: () => ({
      type: 'string',
      pattern: `^(${clockPattern}|(\\d+(\\.\\d+)?\\s*(d|h|min|s|ms)\\s*)+)$`,
      description: wants,
    }),
  }
}

const dayMs = 86_400_000

/** Simulated milliseconds since the day began; a time of day that has passed then is tomorrow's. */
export function sinceStart(instant: DayInstant, startsAtMs: number): number {
  if (instant.kind === 'after') return instant.ms
  return (instant.ms - startsAtMs + dayMs) % dayMs
}
