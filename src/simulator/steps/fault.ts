import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { optional, withDefault } from '../../document/fields/field.ts'
import { oneOf } from '../../document/fields/scalars.ts'
import { template } from '../../document/fields/values.ts'
import { faultCodes16 } from '../../ocpp/v16/enumerations.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const fault = defineStep({
  name: 'fault',
  summary: 'Something breaks at a connector.',
  args: physical(
    {
      code: withDefault(
        oneOf([...faultCodes16, 'EmergencyStop']),
        'What breaks, by its 1.6 error code; EmergencyStop is told as OtherError.',
        'OtherError',
      ),
      info: optional(template(50), 'Free text that goes with it.'),
      ...answering,
    },
    { wants: 'an error code like GroundFailure', shorthand: 'code' },
  ),
  beside: besideAnswering,
  undoneBy: 'clearFault',
  example: '- fault: {code: GroundFailure, connector: 2}',
  async run({ at, code, info, ...wanted }, context) {
    const what = info === undefined ? { code } : { code, info: context.variables.text(info) }
    judge(await context.actor.fault(at, what), wanted, context)
  },
})
