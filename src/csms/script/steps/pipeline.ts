import { action } from '../../../document/fields/actions.ts'
import { list, object } from '../../../document/fields/collections.ts'
import { required, withDefault } from '../../../document/fields/field.ts'
import { payload } from '../../../document/fields/values.ts'
import { defineServeStep, StepFailure } from '../step-context.ts'

const one = object(
  {
    action: required(action('csms'), 'The action, in its exact case.'),
    payload: withDefault(payload(), 'Sent as it stands; not checked.', {}, '{}'),
  },
  { wants: 'a CALL {action, payload}', shorthand: 'action' },
)

export const pipeline = defineServeStep({
  name: 'pipeline',
  summary: 'Send several CALLs at once without waiting for answers, against the specification.',
  args: object(
    { calls: required(list(one), 'The CALLs, in order.') },
    { wants: 'a list of CALLs', shorthand: 'calls' },
  ),
  example:
    '- pipeline: [ClearCache, {action: GetConfiguration, payload: {key: [HeartbeatInterval]}}]',
  run({ calls }, { station, variables }) {
    for (const { action: name, payload: sent } of calls) {
      if (!station.pipeline(name, variables.payload(sent))) throw new StepFailure('not connected')
    }
  },
})
