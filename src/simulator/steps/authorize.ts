import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { optional } from '../../document/fields/field.ts'
import { physical } from '../scenario/fields/place.ts'
import { idToken, presented } from './id-token.ts'
import { judge, refusable } from './outcome.ts'
import { defineStep } from './step-definition.ts'

export const authorize = defineStep({
  name: 'authorize',
  summary: 'The driver presents an idToken.',
  args: physical(
    {
      token: optional(idToken(), 'Which one.', "the station's own"),
      refused: refusable,
      ...answering,
    },
    { wants: 'an idToken like CARD7', shorthand: 'token' },
  ),
  beside: [...besideAnswering, 'refused'],
  example: '- authorize: {token: CARD7, answer: {idTagInfo: {status: Blocked}}}',
  async run({ at, token, ...wanted }, context) {
    const { actor, cancel } = context
    const shown = token ? presented(token, context) : actor.ownToken
    judge(await actor.authorize(at, shown, cancel), wanted, context)
  },
})
