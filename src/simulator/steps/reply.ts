import { action } from '../../document/fields/actions.ts'
import { object } from '../../document/fields/collections.ts'
import { errorCode } from '../../document/fields/error-code.ts'
import { mapped, optional, required, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { boolean } from '../../document/fields/scalars.ts'
import { payload, template } from '../../document/fields/values.ts'
import type { ReplyOverride } from './actor.ts'
import { defineStep } from './step-definition.ts'

const args = object(
  {
    action: required(action('csms'), 'Which CALL of the CSMS.'),
    with: optional(payload(), 'Answer with this payload, valid or not.'),
    callError: optional(errorCode(), 'Answer with a CALLERROR of this code.'),
    description: withDefault(template(255), 'Of the CALLERROR.', '', '""'),
    never: withDefault(boolean(), 'Do not answer at all.', false),
    after: withDefault(duration(), 'Real time to let pass before the answer.', 0, '0s'),
  },
  { wants: 'a reply {action, with | callError | never | after}' },
)

export const reply = defineStep({
  name: 'reply',
  summary:
    "Replace the station's answer to the next CALL of this action, once. It comes before the traits of " +
    'the fleet; with just "after" they are only later.',
  args: mapped(args, (given, node, reader) => {
    const said = [given.with, given.callError, given.never ? true : undefined]
    const count = said.filter((one) => one !== undefined).length
    if (count === 1 || (count === 0 && given.after > 0)) return given
    const message = '"reply" wants one of "with", "callError" or "never: true", or just "after".'
    return reader.report(node.span, message)
  }),
  example: '- reply: {action: Reset, callError: InternalError, after: 2s}',
  run({ action: name, after, ...given }, { actor, variables }) {
    const override = (): ReplyOverride | undefined => {
      if (given.with) return { kind: 'with', payload: variables.payload(given.with) }
      if (given.never) return { kind: 'never' }
      if (given.callError === undefined) return undefined
      const description = variables.text(given.description)
      return { kind: 'callError', code: given.callError, description }
    }
    actor.overrideReply({ action: name, reply: override(), afterMs: after })
  },
})
