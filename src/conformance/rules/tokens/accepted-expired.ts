import type { Memory } from '../memory/memory.ts'
import { msOf } from '../memory/time.ts'
import type { Objection, Rule } from '../rule.ts'
import { station } from '../sequence.ts'
import { boot2x, boot16 } from '../shown.ts'

const past = '2026-05-01T09:59:00Z'
const future = '2026-05-01T10:01:00Z'

function objection(
  status: string | undefined,
  expiry: string | undefined,
  { toldMs }: Memory,
): Objection {
  return status === 'Accepted' && expiry !== undefined && msOf(expiry) < toldMs
    ? `a token is Accepted, and its verdict was over at ${expiry}`
    : undefined
}

interface Answer16 {
  readonly idTagInfo?: { readonly status: string; readonly expiryDate?: string }
}

const answered16 = (_request: object, { idTagInfo }: Answer16, memory: Memory): Objection =>
  objection(idTagInfo?.status, idTagInfo?.expiryDate, memory)

interface Answer2x {
  readonly idTokenInfo?: { readonly status: string; readonly cacheExpiryDateTime?: string }
}

const answered2x = (_request: object, { idTokenInfo }: Answer2x, memory: Memory): Objection =>
  objection(idTokenInfo?.status, idTokenInfo?.cacheExpiryDateTime, memory)

const authorize16 = (expiryDate: string) =>
  station('Authorize', { idTag: 'TAG' }, { idTagInfo: { status: 'Accepted', expiryDate } })

const authorize2x = (cacheExpiryDateTime: string) =>
  station(
    'Authorize',
    { idToken: { idToken: 'TAG', type: 'ISO14443' } },
    { idTokenInfo: { status: 'Accepted', cacheExpiryDateTime } },
  )

export const acceptedExpired: Rule = {
  id: 'TOKEN_ACCEPTED_EXPIRED',
  title: 'a token that may charge has not expired, by the clock of the CSMS',
  clause: '1.6 4.1, 2.0.1 C01, C10',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: {
      Authorize: { answered: answered16 },
      StartTransaction: { answered: answered16 },
      StopTransaction: { answered: answered16 },
    },
    breaks: [boot16('Accepted'), authorize16(past)],
    nearly: [boot16('Accepted'), authorize16(future)],
  },
  in2x: {
    level: 'SHOULD',
    looks: { Authorize: { answered: answered2x }, TransactionEvent: { answered: answered2x } },
    breaks: [boot2x('Accepted'), authorize2x(past)],
    nearly: [authorize2x(past), boot2x('Accepted'), authorize2x(future)],
  },
}
