/** What the CSMS last said of a token. */
export interface CachedAuthorization {
  /** Status as the version spells it. */
  readonly status: string
  /** Wire ms after which it no longer counts. */
  readonly expiresMs: number | undefined
  /** 1.6 parentIdTag. */
  readonly groupId?: string | undefined
}

/** How many tokens the authorization cache of a station holds. */
const longestCache = 100

/**
 * The authorization cache of one station: tokens that are valid and such that are not [1.6 3.5.1]
 * [2.0.1 C10]. Letter case makes no difference. Full, it forgets all that are not valid, and where
 * there is none the valid one that it learned longest ago.
 */
export class AuthorizationCache {
  /** By token in lower case, the latest last. */
  readonly #known = new Map<string, CachedAuthorization>()

  get(idToken: string): CachedAuthorization | undefined {
    return this.#known.get(idToken.toLowerCase())
  }

  /** @param nowMs wire ms */
  set(idToken: string, authorization: CachedAuthorization, nowMs: number): void {
    const key = idToken.toLowerCase()
    this.#known.delete(key)
    if (this.#known.size >= longestCache) this.#makeRoom(nowMs)
    this.#known.set(key, authorization)
  }

  #makeRoom(nowMs: number): void {
    for (const [key, known] of this.#known) if (!isValid(known, nowMs)) this.#known.delete(key)
    if (this.#known.size < longestCache) return
    for (const oldest of this.#known.keys()) {
      this.#known.delete(oldest)
      return
    }
  }
}

function isValid({ status, expiresMs }: CachedAuthorization, nowMs: number): boolean {
  return status === 'Accepted' && (expiresMs === undefined || expiresMs > nowMs)
}
