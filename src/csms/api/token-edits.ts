import { debited, type Token } from '../domain/token.ts'
import type { TokenStore } from '../store/store.ts'
import type { TokenChange, TokenChanged, TokenEdit } from './operations.ts'

/** Applies an edit to what one process knows; in each of several processes the same comes out. */
export function applyTokenEdit(tokens: TokenStore, edit: TokenEdit): TokenChanged | undefined {
  if (edit.kind === 'replace') {
    const { token } = edit
    const isNew = tokens.get(token.idToken) === undefined
    tokens.save(token)
    return { token, isNew }
  }
  const known = tokens.get(edit.idToken)
  if (!known) return undefined
  const token =
    edit.kind === 'debit' ? (debited(known, edit.amount) ?? known) : changed(known, edit.change)
  tokens.save(token)
  return { token, isNew: false }
}

function changed({ idToken, ...known }: Token, change: TokenChange): Token {
  const now = { ...known, ...change }
  const { status, type, expiry, groupId, concurrent, limit, balance, tariffId } = now
  const { language1, language2, personalMessage, evseId, additionalInfo } = now
  return {
    idToken,
    status,
    ...(given(type) && { type }),
    ...(given(expiry) && { expiry }),
    ...(given(groupId) && { groupId }),
    ...(given(concurrent) && { concurrent }),
    ...(given(limit) && { limit }),
    ...(given(balance) && { balance }),
    ...(given(tariffId) && { tariffId }),
    ...(given(language1) && { language1 }),
    ...(given(language2) && { language2 }),
    ...(given(personalMessage) && { personalMessage }),
    ...(given(evseId) && { evseId }),
    ...(given(additionalInfo) && { additionalInfo }),
  }
}

function given<Value>(value: Value): value is NonNullable<Value> {
  return value !== undefined && value !== null
}
