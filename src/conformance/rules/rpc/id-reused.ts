import type { Look, Objection, Rule, RulePart } from '../rule.ts'
import { station } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'

const withUsedId: Look<object, object, Objection> = {
  // A retry may keep its id; what is another action cannot be one.
  asked: (_request, _memory, { id, action, usedFor }) =>
    usedFor === action
      ? undefined
      : `message id ${id} was used for ${usedFor} before it was for ${action}`,
}

const heartbeat = (id: string) =>
  station('Heartbeat', {}, { currentTime: '2026-05-01T12:00:00Z' }, { id })

function part(boot: ReturnType<typeof boot16>): RulePart<never> {
  return {
    level: 'MUST',
    withUsedId,
    breaks: [{ ...boot, id: 'one' }, heartbeat('one')],
    nearly: [{ ...boot, id: 'one' }, heartbeat('two'), heartbeat('two')],
  }
}

export const idReused: Rule = {
  id: 'RPC_ID_REUSED',
  title: 'a message id is not used for a second CALL, unless that repeats the first',
  clause: '1.6J 4.1.4 with errata 3.1, 2.0.1 Part 4 4.1.4',
  judges: 'both',
  in16: part(boot16('Accepted')),
  in2x: part(boot2x('Accepted')),
}
