import { object } from '../../document/fields/collections.ts'
import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { judge } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const boot = defineStep({
  name: 'boot',
  summary: 'Connect and send BootNotification until the CSMS accepts the station.',
  args: object(answering, { wants: 'the arguments of "boot"' }),
  beside: besideAnswering,
  example: '- boot',
  async run(args, context) {
    const { actor, cancel, standing } = context
    judge(await (standing ? actor.stand(cancel) : actor.boot(cancel)), args, context)
  },
})
