import { list, object } from '../../document/fields/collections.ts'
import { type Field, mapped, optional, required, withDefault } from '../../document/fields/field.ts'
import { text } from '../../document/fields/scalars.ts'
import { template } from '../../document/fields/values.ts'
import type { IdToken } from './actor.ts'
import type { StepContext } from './step-context.ts'

/** The kind of token nobody said anything of: issued by the CSMS, free in its form. */
export const defaultTokenType = 'Central'

/** The only token without a text: of a button, or a free charge [2.0.1 C02.FR.02]. */
const noToken = 'NoAuthorization'

/** What is presented besides the token, as the wire has it. */
export const additionalInfo = object(
  {
    additionalIdToken: required(template(36), 'What it is, a PIN perhaps.'),
    type: required(
      text({ wants: 'a kind that station and CSMS agreed on, like PIN', longest: 50 }),
      'What kind of thing it is.',
    ),
  },
  { wants: 'a second identifier like {additionalIdToken: "1234", type: PIN}' },
)

/** `CARD7`, `"{tag}"`, `{idToken: 04A2B3C4, type: ISO14443}` or `{type: NoAuthorization}`. */
export function idToken(): Field<IdToken> {
  const whole = object(
    {
      idToken: optional(template(36), 'The token, or a template; NoAuthorization has none.'),
      type: withDefault(
        text({ wants: 'a 2.x token type like ISO14443', longest: 20 }),
        'Its kind in 2.x.',
        defaultTokenType,
      ),
      additionalInfo: optional(list(additionalInfo), '2.x: what the driver presents besides.'),
    },
    { wants: 'an idToken like CARD7 or {idToken: 04A2B3C4, type: ISO14443}', shorthand: 'idToken' },
  )
  return mapped(whole, ({ idToken, type, additionalInfo: besides }, node, reader) => {
    if (idToken === undefined && type !== noToken) {
      return reader.report(node.span, `"idToken" is missing: only ${noToken} goes without.`)
    }
    return { idToken: idToken ?? '', type, ...(besides && { additionalInfo: besides }) }
  })
}

/** The token with its placeholders filled in. */
export function presented(token: IdToken, { variables }: StepContext): IdToken {
  const { idToken, additionalInfo: besides } = token
  return {
    ...token,
    idToken: variables.text(idToken),
    ...(besides && {
      additionalInfo: besides.map(({ type, additionalIdToken }) => ({
        type,
        additionalIdToken: variables.text(additionalIdToken),
      })),
    }),
  }
}
