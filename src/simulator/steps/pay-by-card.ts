import { answering, besideAnswering } from '../../document/fields/ending.ts'
import { mapped, optional, withDefault } from '../../document/fields/field.ts'
import { oneOf, text } from '../../document/fields/scalars.ts'
import { physical } from '../scenario/fields/place.ts'
import { judge, refusable } from './outcome.ts'
import { StepFailure } from './step-context.ts'
import { defineStep } from './step-definition.ts'

const word = (wants: string) => text({ wants, longest: 20 })
/** What a payment provider calls payments: of digits, as its reference comes back in NotifySettlement. */
const longestReference = 16

const args = physical(
  {
    brand: withDefault(word('a brand of cards like Visa'), 'Of the card or wallet.', 'Visa'),
    recognition: withDefault(word('a kind of card like CC or Debit'), 'What it is.', 'CC'),
    settlement: withDefault(
      oneOf(['Settled', 'Rejected', 'Failed']),
      'What the payment provider makes of it in the end.',
      'Settled',
    ),
    vatNumber: optional(word('a VAT number like DE123456789'), 'Wanted on the receipt.', 'none'),
    declined: withDefault(
      oneOf(['no', 'yes']),
      'yes: the payment provider does not let the card pay, and nobody charges.',
      'no',
    ),
    refused: refusable,
    ...answering,
  },
  { wants: 'a card like {brand: Visa, recognition: Debit}', shorthand: 'brand' },
)

export const payByCard = defineStep({
  name: 'payByCard',
  summary: '2.1: the driver pays at the terminal of the station instead of showing a token.',
  args: mapped(args, ({ declined, ...given }) => ({ ...given, declined: declined === 'yes' })),
  beside: [...besideAnswering, 'refused'],
  example: '- payByCard: {brand: Visa, recognition: CC, vatNumber: DE123456789}',
  async run({ at, declined, refused, answer, save, ...card }, context) {
    const { actor, cancel } = context
    if (declined) {
      if (refused) return
      throw new StepFailure('the payment provider declined the card')
    }
    const digits = (count: number): string =>
      Array.from({ length: count }, () => Math.floor(actor.random.next() * 10)).join('')
    const payment = { ...card, last4: digits(4) }
    const token = { idToken: `psp-${digits(longestReference)}`, type: 'DirectPayment', payment }
    judge(await actor.authorize(at, token, cancel), { refused, answer, save }, context)
  },
})
