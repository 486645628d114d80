import { list, object } from '../../../document/fields/collections.ts'
import {
  type Field,
  mapped,
  optional,
  required,
  withDefault,
} from '../../../document/fields/field.ts'
import { boolean, integer, number, oneOf, text } from '../../../document/fields/scalars.ts'
import { authorizationStatuses } from '../../../ocpp/authorization-status.ts'
import { additionalInfo, defaultTokenType } from '../../steps/id-token.ts'
import { transactionLimit } from '../../steps/transaction-limit.ts'
import type { TokenPlan } from '../plan.ts'

/** 1.6 idTags have at most 20 characters, 2.x idTokens 36. */
const longestToken = 36

const name = text({ wants: 'an idToken', longest: longestToken })

/** RFC 3339, or just the day. */
const instant: Field<string> = mapped(
  text({ wants: 'a time like 2027-01-31T12:00:00Z' }),
  (value, node, reader) => {
    const ms = /^\d{4}-\d\d-\d\d/.test(value) ? Date.parse(value) : Number.NaN
    if (!Number.isNaN(ms)) return new Date(ms).toISOString()
    return reader.report(node.span, `"${value}" is not a time like 2027-01-31T12:00:00Z.`)
  },
)

/** An idToken the embedded CSMS knows besides each station's own. */
export const token: Field<TokenPlan> = mapped(
  object(
    {
      idToken: required(name, 'The token.'),
      type: withDefault(
        text({ wants: 'a 2.x token type like ISO14443', longest: 20 }),
        'Its kind in 2.x.',
        defaultTokenType,
      ),
      status: withDefault(oneOf(authorizationStatuses), 'What the CSMS says of it.', 'Accepted'),
      expiry: optional(instant, 'Until when it is good.', 'never expires'),
      group: optional(name, '1.6 parentIdTag, 2.x groupIdToken.'),
      concurrent: withDefault(
        boolean(),
        'Whether it may be in several transactions at once; otherwise the second is ConcurrentTx.',
        true,
      ),
      balance: optional(
        number({ min: 0, max: 1_000_000 }),
        'Prepaid: so much is left, in the currency of its tariff; each transaction takes its cost.',
        'it is not prepaid',
      ),
      tariff: optional(
        text({ wants: 'a tariffId', longest: 60 }),
        'Its own prices: the tariffId of one of the `tariffs` of `csms`.',
        'the default ones',
      ),
      language: optional(
        text({ wants: 'a language like de or pt-BR', longest: 8 }),
        '2.x: what the driver reads.',
      ),
      message: optional(
        text({ wants: 'a text for the driver', longest: 512 }),
        '2.x: what the station shows him.',
      ),
      evses: optional(
        list(integer({ min: 1, max: 1000 }), 'a list of EVSE numbers'),
        '2.x: the only EVSEs where it may charge.',
        'all of them',
      ),
      additionalInfo: optional(
        list(additionalInfo),
        '2.x: what has to be presented with it, a PIN perhaps.',
      ),
      limit: optional(transactionLimit, '2.1: where each of its transactions ends its energy.'),
    },
    { wants: 'an idToken like CARD7 or {idToken: CARD7, status: Blocked}', shorthand: 'idToken' },
  ),
  (given) => given,
)
