import type { AuthorizationStatus } from '../../ocpp/authorization-status.ts'
import { isoTime } from '../../shared/clock.ts'
import type { TokenStore } from '../store/store.ts'
import type { Token, TokenDetails, TransactionLimit } from './token.ts'

/** The verdict on one idToken. A `Token` is one, so that the usual answer allocates nothing. */
export interface Authorization extends TokenDetails {
  readonly status: AuthorizationStatus
  readonly expiry?: string
  readonly groupId?: string
  readonly limit?: TransactionLimit
}

const unknown: Authorization = { status: 'Unknown' }
const expired: Authorization = { status: 'Expired' }
const concurrent: Authorization = { status: 'ConcurrentTx' }
/** [2.0.1 C02.FR.02]: a driver who starts with a button has no token and is let in. */
const nobody: Authorization = { status: 'Accepted' }

/**
 * May this token charge, whatever it is doing elsewhere? Tokens that nobody named are Unknown.
 * @param type 2.x: IdTokenEnumType
 */
export function authorize(
  tokens: TokenStore,
  idToken: string,
  type: string | undefined,
  nowMs: number,
): Authorization {
  if (type === 'NoAuthorization') return nobody
  const token = tokens.get(idToken)
  // Its payment provider vouches for it [2.1 C18.FR.05, C24].
  if (!token) return type === 'DirectPayment' ? nobody : unknown
  if (type !== undefined && token.type !== undefined && token.type !== type) return unknown
  if (token.expiry !== undefined && Date.parse(token.expiry) <= nowMs) {
    return token.status === 'Accepted' ? expired : token
  }
  return token.balance === undefined || token.status !== 'Accepted'
    ? token
    : prepaid(token, token.balance, type === undefined ? undefined : nowMs)
}

/**
 * May be spent to the last cent, and is asked for each time: no cache keeps it [2.1 C17.FR.01 to
 * FR.03].
 *
 * @param nowMs undefined: 1.6, whose stations would take it for expired
 */
function prepaid(token: Token, balance: number, nowMs: number | undefined): Authorization {
  const { groupId, limit, language1, language2, personalMessage, evseId } = token
  return {
    status: balance > 0 ? 'Accepted' : 'NoCredit',
    ...(nowMs !== undefined && { expiry: isoTime(nowMs) }),
    ...(groupId !== undefined && { groupId }),
    ...(language1 !== undefined && { language1 }),
    ...(language2 !== undefined && { language2 }),
    ...(personalMessage !== undefined && { personalMessage }),
    ...(evseId && { evseId }),
    limit: { ...limit, maxCost: Math.min(balance, limit?.maxCost ?? balance) },
  }
}

/**
 * As `authorize`, for the token that starts a transaction: the only place of ConcurrentTx. Waits
 * only where a token may be in one transaction at a time and other processes hold stations, too.
 */
export function authorizeStart(
  tokens: TokenStore,
  busy: BusyTokens,
  idToken: string,
  type: string | undefined,
  nowMs: number,
): Authorization | Promise<Authorization> {
  const authorization = authorize(tokens, idToken, type, nowMs)
  if (authorization.status !== 'Accepted') return authorization
  if (!isLimited(tokens, idToken)) return authorization
  const free = busy.claim(idToken)
  return free instanceof Promise
    ? free.then((granted) => (granted ? authorization : concurrent))
    : free
      ? authorization
      : concurrent
}

/** May it be in one transaction at a time only? */
export function isLimited(tokens: TokenStore, idToken: string): boolean {
  return tokens.get(idToken)?.concurrent === false
}

/** Which tokens are in an open transaction, anywhere. */
export interface BusyTokens {
  /** Asks for a token for the transaction that begins next; false: it is in one already. */
  claim(idToken: string): boolean | Promise<boolean>
  begun(idToken: string): void
  ended(idToken: string): void
}

/** Of one process that holds all stations. */
export class ActiveTokens implements BusyTokens {
  readonly #counts = new Map<string, number>()

  claim(idToken: string): boolean {
    return !this.#counts.has(idToken.toLowerCase())
  }

  begun(idToken: string): void {
    const key = idToken.toLowerCase()
    this.#counts.set(key, (this.#counts.get(key) ?? 0) + 1)
  }

  ended(idToken: string): void {
    const key = idToken.toLowerCase()
    const count = this.#counts.get(key) ?? 0
    if (count > 1) this.#counts.set(key, count - 1)
    else this.#counts.delete(key)
  }
}
