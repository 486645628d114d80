import { oneOrMore } from '../../document/fields/collections.ts'
import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { required, withDefault } from '../../document/fields/field.ts'
import { oneOf } from '../../document/fields/scalars.ts'
import { template } from '../../document/fields/values.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge, refusable } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const contract = defineStep({
  name: 'contract',
  summary: '2.x: the EV gets a contract certificate through the station; authorize presents it.',
  args: physical(
    {
      emaid: required(
        oneOrMore(template(36)),
        'The contract; several in the order wanted (2.1, ISO 15118-20).',
      ),
      action: withDefault(
        oneOf(['Install', 'Update']),
        'The first one, or one that takes the place of an old one.',
        'Install',
      ),
      refused: refusable,
      ...answering,
    },
    { wants: 'an eMAID like DE-LAB-C12345678-9', shorthand: 'emaid' },
  ),
  beside: [...besideAnswering, 'refused'],
  example: '- contract: DE-LAB-C12345678-9',
  async run({ at, emaid, action, ...wanted }, context) {
    const { actor, variables } = context
    const emaids = emaid.map((one) => variables.text(one))
    judge(await actor.act(at, { kind: 'contract', action, emaids }), wanted, context)
  },
})
