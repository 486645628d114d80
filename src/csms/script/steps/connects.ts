import { object } from '../../../document/fields/collections.ts'
import { withDefault } from '../../../document/fields/field.ts'
import { duration } from '../../../document/fields/quantities.ts'
import { defineServeStep, StepFailure } from '../step-context.ts'

export const connects = defineServeStep({
  name: 'connects',
  summary: 'Wait until the station is connected; after `close`, until it is back.',
  args: object(
    { within: withDefault(duration({ min: 1 }), 'Real time to wait.', 30_000, '30s') },
    { wants: 'a time to wait like 60s', shorthand: 'within' },
  ),
  example: '- connects: {within: 60s}',
  async run({ within }, { station, clock, cancel }) {
    const look = () => (station.connected ? true : undefined)
    const found = await station.changes.until(look, { clock, ms: within, cancel })
    if (!found) throw new StepFailure(`not connected within ${within} ms`)
  },
})
