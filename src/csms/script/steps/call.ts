import { action } from '../../../document/fields/actions.ts'
import { object } from '../../../document/fields/collections.ts'
import { answering, besideEnding, ending, oneAnswer } from '../../../document/fields/ending.ts'
import { mapped, required, withDefault } from '../../../document/fields/field.ts'
import { duration } from '../../../document/fields/quantities.ts'
import { boolean } from '../../../document/fields/scalars.ts'
import { payload } from '../../../document/fields/values.ts'
import { judge } from '../outcome.ts'
import { defineServeStep, StepFailure } from '../step-context.ts'

export const call = defineServeStep({
  name: 'call',
  summary:
    'Send the station a CALL, valid or not, as soon as it is connected and accepted, and wait for its answer.',
  args: mapped(
    object(
      {
        action: required(action('csms'), 'The action, in its exact case.'),
        payload: withDefault(payload(), 'Sent as it stands; not checked.', {}, '{}'),
        timeout: withDefault(
          duration({ min: 1 }),
          'Real time to wait until it may be sent, and as long again for the answer.',
          30_000,
          '30s',
        ),
        anyway: withDefault(
          boolean(),
          'Send it also where the state of registration forbids it [1.6 4.2] [2.0.1 B02, B03].',
          false,
        ),
        ...ending,
        ...answering,
      },
      { wants: 'a CALL {action, payload}', shorthand: 'action' },
    ),
    oneAnswer,
  ),
  beside: ['save', 'payload', 'timeout', ...besideEnding],
  example: '- call: {action: Reset, payload: {type: Soft}, answer: Accepted}',
  async run({ action: name, payload: sent, timeout: timeoutMs, anyway, ...wanted }, context) {
    const { station, variables, cancel } = context
    const outcome = await station.call(name, variables.payload(sent), { timeoutMs, anyway, cancel })
    if (!outcome) throw new StepFailure(`not connected and accepted within ${timeoutMs} ms`)
    judge(outcome, wanted, context)
  },
})
