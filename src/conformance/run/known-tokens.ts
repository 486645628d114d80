import type { Fixtures } from './fixtures.ts'

/** A token that the CSMS has to know, and as what. */
export interface KnownToken {
  readonly id: string
  readonly status: 'Accepted' | 'Blocked'
  readonly type: string
  readonly group?: string
  /** RFC 3339, in the past. */
  readonly expiry?: string
}

/** The tokens that have to be there before the first case. */
export function knownTokens(fixtures: Fixtures): readonly KnownToken[] {
  const { token, token2, group, masterToken, masterGroup, blockedToken, expiredToken } = fixtures
  const type = fixtures.tokenType
  return [
    { id: token, status: 'Accepted', type, group },
    { id: token2, status: 'Accepted', type, group },
    { id: masterToken, status: 'Accepted', type, group: masterGroup },
    { id: blockedToken, status: 'Blocked', type },
    { id: expiredToken, status: 'Accepted', type, expiry: '2020-01-01T00:00:00Z' },
  ]
}
