import { list, object } from '../../document/fields/collections.ts'
import { mapped, required } from '../../document/fields/field.ts'
import { steps } from '../../document/fields/steps.ts'
import { Cancelled } from '../../shared/cancel.ts'
import { defineStep } from './step-definition.ts'

const args = object(
  { branches: required(list(steps(), 'a list of lists of steps'), 'Each a list of steps.') },
  { wants: '"parallel"', shorthand: 'branches' },
)

export const parallel = defineStep({
  name: 'parallel',
  summary: 'Run several lists of steps at the same time; go on when all are done.',
  args: mapped(args, ({ branches }, node, reader) =>
    branches.length > 0 && branches.length <= 64
      ? { branches }
      : reader.report(node.span, '"parallel" wants 1 to 64 branches.'),
  ),
  example: '- parallel:\n    - [plugIn, authorize, start]\n    - [{wait: 5s}, {call: Heartbeat}]',
  async run({ branches }, context) {
    const cancel = context.cancel.child()
    const running = branches.map(async (branch) => {
      try {
        await context.runSteps(branch, cancel)
      } catch (error) {
        cancel.cancel('another branch failed')
        throw error
      }
    })
    const settled = await Promise.allSettled(running)
    cancel.release()
    context.cancel.throwIfCancelled()
    // The branches that failed later did so because they were called off.
    const first = settled.find((one) => one.status === 'rejected' && isOwn(one.reason))
    if (first?.status === 'rejected') throw first.reason
  },
  lasts: ({ branches }, estimate) => Math.max(...branches.map(estimate)),
})

function isOwn(error: unknown): boolean {
  return !(error instanceof Cancelled)
}
