import { besideExpectation, expectation } from '../../../document/fields/expectation.ts'
import { CallWatch } from '../call-watch.ts'
import { keep } from '../outcome.ts'
import { defineServeStep, type StepContext, StepFailure } from '../step-context.ts'

export const expect = defineServeStep({
  name: 'expect',
  summary:
    'Wait for a CALL of the station, also one that is refused, and for how it is answered. One that ' +
    'came before and was not expected yet counts.',
  args: expectation('station', 'station'),
  beside: besideExpectation,
  example: '- expect: {action: Heartbeat, every: 60s ±10%, count: 3}',
  async run(
    { action: name, payload, answer, callError, unanswered, patienceMs, none, ...given },
    context,
  ) {
    const { times, every, order, save: paths } = given
    const wanted = order ?? [{ action: name ?? '', payload }]
    const rendered = wanted.map((one) => ({
      action: one.action,
      payload: render(one.payload?.matches, context),
      answer: render(answer?.matches, context),
      callError,
      unanswered,
    }))
    const watch = new CallWatch(context, patienceMs)
    if (none) {
      const [unwanted] = rendered
      if (unwanted) await watch.none(unwanted)
      return
    }
    let last: number | undefined
    for (let round = 0; round < times; round += 1) {
      for (const one of rendered) {
        const came = await watch.next(one)
        if (every && last !== undefined) checkGap(came.atMicros - last, every, one.action)
        last = came.atMicros
        keep(paths, came.payload, context)
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
  throw new StepFailure(`${name} does not come every ${ms} ms: once after ${Math.round(gapMs)} ms`)
}
