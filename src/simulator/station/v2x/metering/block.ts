import type { Block } from '../block.ts'
import { mainAligned } from './clock-aligned.ts'
import { meterValuesTrigger } from './trigger.ts'

/** What meters tell outside transactions [2.0.1 J]. */
export const metering: Block = {
  letter: 'J',
  triggers: { MeterValues: meterValuesTrigger },
  /** The main meter is read with EVSE 1. */
  happened(station, evse, event) {
    const { services } = station
    if (event.kind !== 'sampleDue' || event.context !== 'clock' || evse.id !== 1) return
    if (services.template.meter?.main) services.unattended(mainAligned(station))
  },
}
