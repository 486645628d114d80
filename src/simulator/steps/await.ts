import { object } from '../../document/fields/collections.ts'
import { optional, required, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { integer } from '../../document/fields/scalars.ts'
import { template } from '../../document/fields/values.ts'
import { formatQuantity } from '../../document/units.ts'
import { longestSignalName } from './signal.ts'
import { shortfall } from './signal-board.ts'
import { type StepContext, StepFailure } from './step-context.ts'
import { defineStep } from './step-definition.ts'

export const awaitSignal = defineStep({
  name: 'await',
  summary: 'Wait for a signal of any station. One that was given before counts.',
  args: object(
    {
      signal: required(template(longestSignalName), 'Its name.'),
      count: withDefault(
        integer({ min: 1, max: 1_000_000 }),
        'How often it has to be given, by whomever, counted from the begin of the run.',
        1,
      ),
      within: optional(
        duration({ min: 1 }),
        'Simulated time; then the step fails.',
        'as long as anybody may still give it',
      ),
    },
    { wants: 'the name of a signal', shorthand: 'signal' },
  ),
  beside: ['count', 'within'],
  example: '- await: {signal: ready, count: 20, within: 10min}',
  async run({ signal: template, count, within }, context) {
    const name = context.variables.text(template)
    if (within === undefined) await context.signals.until(name, count, context.cancel)
    else await untilTimeout(name, count, within, context)
  },
})

async function untilTimeout(
  name: string,
  count: number,
  withinMs: number,
  { signals, actor, cancel }: StepContext,
): Promise<void> {
  const waiting = cancel.child()
  const stop = actor.clocks.simulated.after(withinMs, () => waiting.cancel('time is up'))
  try {
    await signals.until(name, count, waiting, true)
  } catch (error) {
    cancel.throwIfCancelled()
    if (!waiting.cancelled) throw error
    const limit = formatQuantity({ dimension: 'duration', value: withinMs })
    throw new StepFailure(`${shortfall(signals.heard(name), count, name)} within ${limit}`)
  } finally {
    stop()
    waiting.release()
  }
}
