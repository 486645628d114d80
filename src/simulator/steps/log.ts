import { template } from '../../document/fields/values.ts'
import { defineStep } from './step-definition.ts'

export const log = defineStep({
  name: 'log',
  summary: 'Write a line; `{name}` fills in a value.',
  args: template(1000),
  example: '- log: "got transaction {transactionId}"',
  run(text, context) {
    context.log(context.variables.text(text))
  },
})
