import { object } from '../../document/fields/collections.ts'
import { type Field, mapped, required, withDefault } from '../../document/fields/field.ts'
import { text } from '../../document/fields/scalars.ts'
import { template } from '../../document/fields/values.ts'
import type { IdToken } from './actor.ts'
import type { StepContext } from './step-context.ts'

/** The kind of token nobody said anything of: issued by the CSMS, free in its form. */
export const defaultTokenType = 'Central'

/** `CARD7`, `"{tag}"` or `{idToken: 04A2B3C4, type: ISO14443}`. */
export function idToken(): Field<IdToken> {
  const whole = object(
    {
      idToken: required(template(36), 'The token, or a template.'),
      type: withDefault(
        text({ wants: 'a 2.x token type like ISO14443', longest: 20 }),
        'Its kind in 2.x.',
        defaultTokenType,
      ),
    },
    { wants: 'an idToken like CARD7 or {idToken: 04A2B3C4, type: ISO14443}', shorthand: 'idToken' },
  )
  return mapped(whole, ({ idToken, type }) => ({ idToken, type }))
}

/** The token with its placeholders filled in. */
export function presented(token: IdToken, { variables }: StepContext): IdToken {
  return { ...token, idToken: variables.text(token.idToken) }
}
