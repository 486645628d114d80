import type { Block } from '../block.ts'
import { meterValuesTrigger } from './trigger.ts'

/** What meters tell outside transactions [2.0.1 J]. */
export const metering: Block = { letter: 'J', triggers: { MeterValues: meterValuesTrigger } }
