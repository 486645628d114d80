import type { Block } from '../block.ts'
import { meterValues } from './meter-values.ts'

/** What meters tell outside transactions [2.0.1 J]. */
export const metering: Block = { letter: 'J', handlers: { MeterValues: meterValues } }
