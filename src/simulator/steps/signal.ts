import { object } from '../../document/fields/collections.ts'
import { required } from '../../document/fields/field.ts'
import { template } from '../../document/fields/values.ts'
import { defineStep } from './step-definition.ts'

/** Signals have names, not messages. */
export const longestSignalName = 100

export const signal = defineStep({
  name: 'signal',
  summary: 'Tell all stations of the run that something has come to pass; goes on at once.',
  args: object(
    { name: required(template(longestSignalName), 'A name; those who await it use the same.') },
    { wants: 'the name of a signal', shorthand: 'name' },
  ),
  example: '- signal: doors-open',
  run({ name }, { actor, signals, variables }) {
    signals.give(variables.text(name), actor.id)
  },
})
