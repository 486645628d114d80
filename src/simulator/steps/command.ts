import { action } from '../../document/fields/actions.ts'
import { object } from '../../document/fields/collections.ts'
import { answering, besideEnding, ending, oneAnswer } from '../../document/fields/ending.ts'
import { mapped, required, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { payload } from '../../document/fields/values.ts'
import { unlessCancelled } from '../../shared/waiting.ts'
import { judgeCallError, judgeResult } from './outcome.ts'
import { StepFailure } from './step-context.ts'
import { defineStep } from './step-definition.ts'

export const command = defineStep({
  name: 'command',
  summary: 'Make the CSMS send this station a CALL and match what the station answers.',
  args: mapped(
    object(
      {
        action: required(action('csms'), 'The action, in its exact case.'),
        payload: withDefault(payload(), 'Its payload.', {}, '{}'),
        within: withDefault(duration({ min: 1 }), 'Real time to wait.', 30_000, '30s'),
        ...ending,
        ...answering,
      },
      { wants: 'a command {action, payload}', shorthand: 'action' },
    ),
    oneAnswer,
  ),
  beside: ['save', 'payload', 'within', ...besideEnding],
  example: '- command: {action: Reset, payload: {type: Soft}, answer: Accepted}',
  async run({ action: name, payload: sent, within, ...wanted }, context) {
    const { actor, variables, cancel } = context
    const asked = context.command(actor.id, name, variables.payload(sent), within)
    const outcome = await unlessCancelled(asked, cancel)
    switch (outcome.kind) {
      case 'failed':
        throw new StepFailure('it was not sent', outcome.reason)
      case 'unanswered':
        if (wanted.unanswered) return
        throw new StepFailure('no answer came of it', outcome.reason)
      case 'callError':
        return judgeCallError(outcome.code, outcome.description, wanted.callError)
      case 'answered':
        return judgeResult(outcome.payload, wanted, context)
    }
  },
})
