import { duration } from '../../../document/fields/quantities.ts'
import { sleep } from '../../../shared/waiting.ts'
import { defineServeStep } from '../step-context.ts'

export const wait = defineServeStep({
  name: 'wait',
  summary: 'Let real time pass.',
  args: duration(),
  example: '- wait: 5s',
  run: (ms, { clock, cancel }) => sleep(clock, ms, cancel),
})
