/** What the CSMS last said of a token. */
export interface CachedAuthorization {
  /** Status as the version spells it. */
  readonly status: string
  /** Wire ms after which it no longer counts. */
  readonly expiresMs: number | undefined
  /** 1.6 parentIdTag, 2.x groupIdToken. */
  readonly groupId?: string | undefined
  /** 2.x: the only EVSEs it is for; undefined = all. */
  readonly evseIds?: readonly number[] | undefined
}

/**
 * Which valid entry a full cache forgets: the one that was used longest ago, the one that was used
 * least, or the one that was learned longest ago [2.0.1 AuthCacheCtrlr.Policy].
 */
export type CachePolicy = 'LRU' | 'LFU' | 'FIFO'

/** How many tokens the authorization cache of a station holds. */
const longestCache = 100

interface Entry {
  readonly authorization: CachedAuthorization
  uses: number
  /** Counts what happens in this cache: a later use has a higher number. */
  usedAt: number
}

/**
 * The authorization cache of one station: tokens that are valid and such that are not [1.6 3.5.1]
 * [2.0.1 C10]. Letter case makes no difference. Full, it forgets all that are not valid, and where
 * there is none a valid one by its policy.
 */
export class AuthorizationCache {
  /** By token in lower case, the latest learned last. */
  readonly #known = new Map<string, Entry>()
  #uses = 0

  get size(): number {
    return this.#known.size
  }

  get(idToken: string): CachedAuthorization | undefined {
    return this.#known.get(idToken.toLowerCase())?.authorization
  }

  forget(idToken: string): void {
    this.#known.delete(idToken.toLowerCase())
  }

  /** Somebody charges by it. */
  used(idToken: string): void {
    const entry = this.#known.get(idToken.toLowerCase())
    if (!entry) return
    this.#uses += 1
    entry.uses += 1
    entry.usedAt = this.#uses
  }

  /** @param nowMs wire ms */
  set(
    idToken: string,
    authorization: CachedAuthorization,
    nowMs: number,
    policy: CachePolicy = 'FIFO',
  ): void {
    const key = idToken.toLowerCase()
    const before = this.#known.get(key)
    this.#known.delete(key)
    if (this.#known.size >= longestCache) this.#makeRoom(nowMs, policy)
    this.#uses += 1
    this.#known.set(key, { authorization, uses: before?.uses ?? 0, usedAt: this.#uses })
  }

  #makeRoom(nowMs: number, policy: CachePolicy): void {
    for (const [key, { authorization }] of this.#known) {
      if (!isValid(authorization, nowMs)) this.#known.delete(key)
    }
    if (this.#known.size < longestCache) return
    let [victim] = this.#known
    for (const candidate of this.#known) {
      if (victim && goesFirst(candidate[1], victim[1], policy)) victim = candidate
    }
    if (victim) this.#known.delete(victim[0])
  }
}

/** The map is in the order of learning: without a reason the first goes. */
function goesFirst(one: Entry, other: Entry, policy: CachePolicy): boolean {
  if (policy === 'LRU') return one.usedAt < other.usedAt
  if (policy === 'LFU') return one.uses < other.uses
  return false
}

function isValid({ status, expiresMs }: CachedAuthorization, nowMs: number): boolean {
  return status === 'Accepted' && (expiresMs === undefined || expiresMs > nowMs)
}
