import { action } from '../../document/fields/actions.ts'
import { list, object } from '../../document/fields/collections.ts'
import { required, withDefault } from '../../document/fields/field.ts'
import { payload } from '../../document/fields/values.ts'
import { defineStep } from './step-definition.ts'

const one = object(
  {
    action: required(action('station'), 'The action, in its exact case.'),
    payload: withDefault(payload(), 'Sent as it stands; not checked.', {}, '{}'),
  },
  { wants: 'a CALL {action, payload}', shorthand: 'action' },
)

export const pipeline = defineStep({
  name: 'pipeline',
  summary: 'Send several CALLs at once without waiting for answers, against the specification.',
  args: object(
    { calls: required(list(one), 'The CALLs, in order.') },
    { wants: 'a list of CALLs', shorthand: 'calls' },
  ),
  example: '- pipeline: [Heartbeat, {action: DataTransfer, payload: {vendorId: acme}}]',
  run({ calls }, { actor, variables }) {
    for (const { action: name, payload: sent } of calls) {
      actor.pipeline(name, variables.payload(sent))
    }
  },
})
