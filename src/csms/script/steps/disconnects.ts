import { object } from '../../../document/fields/collections.ts'
import { withDefault } from '../../../document/fields/field.ts'
import { duration } from '../../../document/fields/quantities.ts'
import { defineServeStep, StepFailure } from '../step-context.ts'

export const disconnects = defineServeStep({
  name: 'disconnects',
  summary: 'Wait until the station hangs up or is gone.',
  args: object(
    { within: withDefault(duration({ min: 1 }), 'Real time to wait.', 30_000, '30s') },
    { wants: 'a time to wait like 60s', shorthand: 'within' },
  ),
  example: '- disconnects: {within: 60s}',
  async run({ within }, { station, clock, cancel }) {
    const look = () => (station.connected ? undefined : true)
    const found = await station.changes.until(look, { clock, ms: within, cancel })
    if (!found) throw new StepFailure(`still connected after ${within} ms`)
  },
})
