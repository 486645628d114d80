import { action, type Side } from './actions.ts'
import { list, object } from './collections.ts'
import { besideEnding, ending, oneEnding } from './ending.ts'
import { mapped, optional, required, withDefault } from './field.ts'
import { type Period, period } from './period.ts'
import { duration } from './quantities.ts'
import { boolean, integer } from './scalars.ts'
import { matcher, save } from './values.ts'

/** What a script expects of the CALLs of the other side. */
export function expectation(from: Side, sender: string) {
  const oneCall = object(
    {
      action: required(action(from), 'The action.'),
      payload: optional(matcher(), 'What it must look like.'),
    },
    { wants: 'a CALL {action, payload}', shorthand: 'action' },
  )
  const args = object(
    {
      action: optional(action(from), 'The action.'),
      payload: optional(matcher(), 'What the CALL must look like; others are left for later.'),
      ...ending,
      within: withDefault(
        duration({ min: 1 }),
        'Real time to wait; with `every`, its periods besides.',
        30_000,
        '30s',
      ),
      none: withDefault(boolean(), 'None may come from now on; waits all of `within`.', false),
      count: withDefault(integer({ min: 1, max: 1000 }), 'So many must come.', 1),
      every: optional(period(), 'Real time between them, at least two: `60s ±10%`.'),
      order: optional(list(oneCall), 'Several CALLs that must come in this order.'),
      save: optional(save(), 'Values to keep from the (last) CALL.'),
    },
    { wants: `a CALL of the ${sender} {action, payload}`, shorthand: 'action' },
  )
  return mapped(args, (given, node, reader) => {
    const { action: name, order, none, count, every } = given
    if ((name === undefined) === (order === undefined)) {
      return reader.report(node.span, '"expect" wants either "action" or "order".')
    }
    if (none && (order || every || count > 1)) {
      return reader.report(node.span, '"none" goes with "action", "payload" and "within" only.')
    }
    const times = every ? Math.max(2, count) : count
    const checked = oneEnding(given, node, reader)
    return checked && { ...checked, times, patienceMs: patienceMs(checked.within, times, every) }
  })
}

/** Arguments of an expectation that may stand beside the step. */
export const besideExpectation: readonly string[] = ['save', 'payload', 'within', ...besideEnding]

function patienceMs(withinMs: number, times: number, every: Period | undefined): number {
  return withinMs + (every ? (times - 1) * every.ms * (1 + every.tolerance) : 0)
}
