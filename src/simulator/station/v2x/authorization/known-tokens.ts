import type { IdTokenInfoType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { IdToken } from '../../../steps/actor.ts'
import type { CachePolicy } from '../../authorization-cache.ts'
import { listed, tokenKey } from '../local-list/local-lists.ts'
import type { Station2x } from '../station-2x.ts'

/** What a station knows of a token without asking. */
export interface KnownToken {
  /** Whatever it was told, Expired where its time has passed. */
  readonly status: string
  readonly groupId: string | undefined
  readonly evseIds: readonly number[] | undefined
  readonly from: 'local authorization list' | 'authorization cache'
}

/** Tokens whose group is remembered although no cache keeps them; the oldest goes first. */
const mostGroups = 50

/**
 * What local authorization list and authorization cache say, the list first [2.0.1 C13.FR.01,
 * C25]. The cache survives reboots and is keyed by value and type.
 */
export class KnownTokens {
  readonly #station: Station2x
  /** By `tokenKey`: of the latest answers, whether they are cached or not. */
  #groups: Map<string, string | undefined> | undefined

  constructor(station: Station2x) {
    this.#station = station
  }

  of(token: IdToken): KnownToken | undefined {
    const entry = listed(this.#station, token)
    if (entry) {
      const { status, cacheExpiryDateTime, groupIdToken, evseId: evseIds } = entry
      return {
        status: this.#now(status, instantOf(cacheExpiryDateTime)),
        groupId: groupIdToken?.idToken,
        evseIds,
        from: 'local authorization list',
      }
    }
    const cached = this.#caches ? this.#memory.cached(tokenKey(token)) : undefined
    if (!cached) return undefined
    const { status, expiresMs, groupId, evseIds } = cached
    const now = this.#now(status, expiresMs)
    return { status: now, groupId, evseIds, from: 'authorization cache' }
  }

  /** Somebody charges by what is known: its life in the cache begins anew [2.0.1 C10.FR.08]. */
  used(token: IdToken): void {
    const key = tokenKey(token)
    const cached = this.#memory.cached(key)
    if (!cached) return
    this.#memory.cacheUsed(key)
    const { lifeTimeMs } = this
    if (lifeTimeMs === undefined || cached.expiresMs === undefined) return
    const expiresMs = this.#station.services.wireMs() + lifeTimeMs
    this.#memory.cache(key, { ...cached, expiresMs }, this.#station.services.wireMs(), this.#policy)
    this.#memory.cacheUsed(key)
  }

  /**
   * Keeps what the CSMS said [2.0.1 C10.FR.01, FR.04, FR.05], but nothing of what it presents itself
   * [2.0.1 C03.FR.02, C05.FR.02].
   */
  learn(token: IdToken, info: IdTokenInfoType): void {
    const groupId = info.groupIdToken?.idToken
    this.#rememberGroup(token, groupId)
    if (!this.#caches || uncached.has(token.type)) return
    const { services } = this.#station
    const nowMs = services.wireMs()
    const { lifeTimeMs } = this
    const untilMs = instantOf(info.cacheExpiryDateTime)
    const livesMs = lifeTimeMs === undefined ? undefined : nowMs + lifeTimeMs
    const { status, evseId: evseIds } = info
    const authorization = { status, expiresMs: untilMs ?? livesMs, groupId, evseIds }
    this.#memory.cache(tokenKey(token), authorization, nowMs, this.#policy)
  }

  /** The group of a token that anybody ever said something of. */
  groupOf(token: IdToken): string | undefined {
    return this.of(token)?.groupId ?? this.#groups?.get(tokenKey(token))
  }

  /** AuthCacheCtrlr.LifeTime; undefined = entries live for ever. */
  get lifeTimeMs(): number | undefined {
    const seconds = this.#station.model.integer('AuthCacheCtrlr.LifeTime')
    return seconds > 0 ? seconds * 1000 : undefined
  }

  get #memory() {
    return this.#station.services.memory
  }

  get #caches(): boolean {
    return this.#station.model.flag('AuthCacheCtrlr.Enabled')
  }

  get #policy(): CachePolicy {
    return this.#station.model.text('AuthCacheCtrlr.Policy') as CachePolicy
  }

  #now(status: string, expiresMs: number | undefined): string {
    const expired = expiresMs !== undefined && expiresMs <= this.#station.services.wireMs()
    return expired && status === 'Accepted' ? 'Expired' : status
  }

  #rememberGroup(token: IdToken, groupId: string | undefined): void {
    this.#groups ??= new Map()
    const key = tokenKey(token)
    this.#groups.delete(key)
    this.#groups.set(key, groupId)
    if (this.#groups.size <= mostGroups) return
    for (const oldest of this.#groups.keys()) {
      this.#groups.delete(oldest)
      return
    }
  }
}

const uncached: ReadonlySet<string> = new Set(['Central', 'NoAuthorization'])

function instantOf(date: string | undefined): number | undefined {
  const ms = date === undefined ? Number.NaN : Date.parse(date)
  return Number.isNaN(ms) ? undefined : ms
}
