import { object } from '../../../document/fields/collections.ts'
import { withDefault } from '../../../document/fields/field.ts'
import { integer } from '../../../document/fields/scalars.ts'
import { template } from '../../../document/fields/values.ts'
import { defineServeStep, StepFailure } from '../step-context.ts'

export const close = defineServeStep({
  name: 'close',
  summary:
    'Close the socket with a code (1006 drops it); `connects` waits until the station is back.',
  args: object(
    {
      code: withDefault(
        integer({ min: 1000, max: 4999, wants: 'a close code' }),
        'WebSocket close code.',
        1000,
      ),
      reason: withDefault(template(100), 'Text in the close frame.', '', '""'),
    },
    { wants: 'a close code like 1006', shorthand: 'code' },
  ),
  example: '- close: 1006',
  run({ code, reason }, { station, variables }) {
    if (!station.close(code, variables.text(reason))) throw new StepFailure('not connected')
  },
})
