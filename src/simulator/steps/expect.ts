import { action } from '../../document/fields/actions.ts'
import { list, object } from '../../document/fields/collections.ts'
import { mapped, optional, required, withDefault } from '../../document/fields/field.ts'
import { period } from '../../document/fields/period.ts'
import { duration } from '../../document/fields/quantities.ts'
import { boolean, integer } from '../../document/fields/scalars.ts'
import { matcher, save } from '../../document/fields/values.ts'
import { CallWatch } from './call-watch.ts'
import { besideEnding, ending, keep, oneEnding } from './outcome.ts'
import { type StepContext, StepFailure } from './step-context.ts'
import { defineStep } from './step-definition.ts'

const oneCall = object(
  {
    action: required(action('csms'), 'The action.'),
    payload: optional(matcher(), 'What it must look like.'),
  },
  { wants: 'a CALL {action, payload}', shorthand: 'action' },
)

const args = object(
  {
    action: optional(action('csms'), 'The action.'),
    payload: optional(matcher(), 'What the CALL must look like; others are left for later.'),
    ...ending,
    within: withDefault(duration({ min: 1 }), 'Real time to wait.', 30_000, '30s'),
    none: withDefault(boolean(), 'None may come from now on; waits all of `within`.', false),
    count: withDefault(integer({ min: 1, max: 1000 }), 'So many must come.', 1),
    every: optional(period(), 'Real time between them, at least two: `60s ±10%`.'),
    order: optional(list(oneCall), 'Several CALLs that must come in this order.'),
    save: optional(save(), 'Values to keep from the (last) CALL.'),
  },
  { wants: 'a CALL of the CSMS {action, payload}', shorthand: 'action' },
)

export const expect = defineStep({
  name: 'expect',
  summary:
    'Wait for a CALL of the CSMS, and for how the station answers it. One that came before and was ' +
    'not expected yet counts.',
  args: mapped(args, (given, node, reader) => {
    const { action: name, order, none, count, every } = given
    if ((name === undefined) === (order === undefined)) {
      return reader.report(node.span, '"expect" wants either "action" or "order".')
    }
    if (none && (order || every || count > 1)) {
      return reader.report(node.span, '"none" goes with "action", "payload" and "within" only.')
    }
    return oneEnding(given, node, reader)
  }),
  beside: ['save', 'payload', 'within', ...besideEnding],
  example: '- expect: {action: SetChargingProfile, answer: Rejected, within: 10s}',
  async run(
    { action: name, payload, answer, callError, unanswered, within, none, ...given },
    context,
  ) {
    const { count, every, order, save: paths } = given
    const wanted = order ?? [{ action: name ?? '', payload }]
    const rendered = wanted.map((one) => ({
      action: one.action,
      payload: render(one.payload?.matches, context),
      answer: render(answer?.matches, context),
      callError,
      unanswered,
    }))
    const watch = new CallWatch(context, within)
    if (none) {
      const [unwanted] = rendered
      if (unwanted) await watch.none(unwanted)
      return
    }
    const times = every ? Math.max(2, count) : count
    let last: number | undefined
    for (let round = 0; round < times; round += 1) {
      for (const one of rendered) {
        const came = await watch.next(one)
        if (every && last !== undefined) checkGap(came.atMicros - last, every, one.action)
        last = came.atMicros
        if (paths) keep(paths, came.payload, context)
      }
    }
  },
})

function render(matches: unknown, { variables }: StepContext): unknown {
  return matches === undefined ? undefined : variables.value(matches)
}

function checkGap(
  gapMicros: number,
  { ms, tolerance }: { readonly ms: number; readonly tolerance: number },
  name: string,
): void {
  const gapMs = gapMicros / 1000
  if (Math.abs(gapMs - ms) <= ms * tolerance) return
  const summary = `${name} does not come every ${ms} ms`
  throw new StepFailure(summary, `${summary}: once after ${Math.round(gapMs)} ms`)
}
