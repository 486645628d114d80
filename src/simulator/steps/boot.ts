import { object } from '../scenario/fields/collections.ts'
import { answering, besideAnswering, judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const boot = defineStep({
  name: 'boot',
  summary: 'Connect and send BootNotification until the CSMS accepts the station.',
  args: object(answering, { wants: 'the arguments of "boot"' }),
  beside: besideAnswering,
  example: '- boot',
  async run(args, context) {
    judge(await context.actor.boot(context.cancel), args, context)
  },
})
