import { action } from '../../../document/fields/actions.ts'
import { object } from '../../../document/fields/collections.ts'
import { mapped, required } from '../../../document/fields/field.ts'
import { answerKind, answerShape } from '../answer-field.ts'
import { defineServeStep } from '../step-context.ts'

const args = object(
  { action: required(action('station'), 'Which CALL of the station.'), ...answerShape },
  { wants: 'a reply {action, with | change | callError | never | raw | close | after}' },
)

export const reply = defineServeStep({
  name: 'reply',
  summary: 'Replace the answer to the next CALL of this action, once; `answers` come after it.',
  args: mapped(args, (given, node, reader) => {
    const what = answerKind(given, node, reader)
    if (what?.kind === 'own' && given.after === 0) {
      const message =
        '"reply" wants one of "with", "change", "callError", "never: true", "raw" or "close", or just "after".'
      return reader.report(node.span, message)
    }
    return what && { action: given.action, what, afterMs: given.after }
  }),
  example: '- reply: {action: Authorize, callError: InternalError, after: 2s}',
  run({ action: name, what, afterMs }, { station }) {
    station.replyOnce(name, { what, afterMs, when: undefined, times: 1 })
  },
})
