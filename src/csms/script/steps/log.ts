import { template } from '../../../document/fields/values.ts'
import { defineServeStep } from '../step-context.ts'

export const log = defineServeStep({
  name: 'log',
  summary: 'Write a line; `{name}` fills in a value.',
  args: template(1000),
  example: '- log: "heartbeats every {interval} seconds"',
  run(text, context) {
    context.log(context.variables.text(text))
  },
})
