import { parseQuantity } from '../units.ts'
import type { Field } from './field.ts'

export interface Period {
  readonly ms: number
  /** Share of `ms` that a gap may be off. */
  readonly tolerance: number
}

const shape = /^(.+?)\s*(?:±|\+-|\+\/-)\s*(.+)$/
const standardTolerance = 0.1

/** `60s ±10%`; without a tolerance, ten percent. */
export function period(): Field<Period> {
  const wants = 'a period like 60s ±10%'
  return {
    wants,
    parse(node, reader) {
      const written = node.kind === 'scalar' ? node.text : ''
      const parts = shape.exec(written)
      const length = parseQuantity(parts?.[1] ?? written)
      const tolerance = parts ? parseQuantity(parts[2] ?? '') : undefined
      if (length?.dimension !== 'duration' || length.value <= 0) {
        return reader.refuse(node, wants)
      }
      if (!parts) return { ms: length.value, tolerance: standardTolerance }
      if (tolerance?.dimension === 'percent') {
        return { ms: length.value, tolerance: tolerance.value }
      }
      if (tolerance?.dimension === 'duration') {
        return { ms: length.value, tolerance: tolerance.value / length.value }
      }
      return reader.refuse(node, wants)
    },
    schema: () => ({ type: 'string', description: wants }),
  }
}
