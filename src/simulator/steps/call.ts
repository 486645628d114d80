import { action } from '../../document/fields/actions.ts'
import { object } from '../../document/fields/collections.ts'
import { answering, besideEnding, ending, oneAnswer } from '../../document/fields/ending.ts'
import { mapped, optional, required, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { payload } from '../../document/fields/values.ts'
import { unlessCancelled } from '../../shared/waiting.ts'
import { judgeOutcome } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const call = defineStep({
  name: 'call',
  summary: 'Send a raw CALL, valid or not, and wait for its answer.',
  args: mapped(
    object(
      {
        action: required(action('station'), 'The action, in its exact case.'),
        payload: withDefault(payload(), 'Sent as it stands; not checked.', {}, '{}'),
        timeout: optional(duration({ min: 1 }), 'Real time to wait.', "the station's callTimeout"),
        ...ending,
        ...answering,
      },
      { wants: 'a CALL {action, payload}', shorthand: 'action' },
    ),
    oneAnswer,
  ),
  beside: ['save', 'payload', 'timeout', ...besideEnding],
  example: '- call: {action: DataTransfer, payload: {vendorId: acme}, answer: UnknownVendorId}',
  async run({ action: name, payload: sent, timeout, ...wanted }, context) {
    const { actor, variables, cancel } = context
    const outcome = await unlessCancelled(
      actor.call(name, variables.payload(sent), timeout),
      cancel,
    )
    judgeOutcome(outcome, wanted, context)
  },
})
