import type { IncomingMessage } from 'node:http'
import type { Clock } from '../../../shared/clock.ts'
import { RateLimiter } from '../../rate-limiter.ts'
import { Problem } from '../problem.ts'
import { type ApiKey, hashApiKey, type Role, suffices } from './api-key.ts'
import { isLoopback, refuseForeign } from './origin.ts'

/** `anybody`: no key, from every address. */
export type LeastRole = Role | 'anybody'

/** Who asks. */
export interface Caller {
  /** The key's name, or where there are no keys where it comes from. */
  readonly name: string
  readonly role: LeastRole
}

/** Who may ask the API, and how often; plain data. */
export interface ApiSettings {
  /** Default none: then this machine may do everything and no other anything. */
  readonly keys?: readonly ApiKey[] | undefined
  /** Requests a second of each key; 0: as many as it likes. Default 100 with keys, 0 without. */
  readonly rate?: number | undefined
}

const defaultKeyRate = 100
/** Wrong keys from one address: guessing is hopeless anyway, but costs us. */
const wrongKeys = { perSecond: 1, burst: 20 }
/** Requests of anybody from one address of another machine. */
const anybodys = { perSecond: 20, burst: 100 }

/** Decides on every request before it is looked at. */
export class Access {
  readonly #byHash: ReadonlyMap<string, ApiKey>
  readonly #perKey: RateLimiter | undefined
  readonly #wrong: RateLimiter
  readonly #anybody: RateLimiter

  /** @param clock real time */
  constructor({ keys = [], rate }: ApiSettings, clock: Clock) {
    this.#byHash = new Map(keys.map((key) => [key.hash, key]))
    const perSecond = rate ?? (keys.length > 0 ? defaultKeyRate : 0)
    this.#perKey = perSecond > 0 ? new RateLimiter(clock, perSecond, perSecond * 2) : undefined
    this.#wrong = new RateLimiter(clock, wrongKeys.perSecond, wrongKeys.burst)
    this.#anybody = new RateLimiter(clock, anybodys.perSecond, anybodys.burst)
  }

  /** Throws a `Problem`: 401 no key or a wrong one, 403 one that does not suffice, 429 too many. */
  admit(request: IncomingMessage, least: LeastRole): Caller {
    const address = request.socket.remoteAddress ?? ''
    if (least === 'anybody') return this.#admitAnybody(address)
    const caller = this.#byHash.size === 0 ? local(request) : this.#keyHolder(request, address)
    limit(this.#perKey?.take(caller.name) ?? 0)
    if (!suffices(caller.role, least)) {
      const message = `The key "${caller.name}" is a ${caller.role}'s; this takes ${least}.`
      throw new Problem(403, 'ROLE_TOO_LOW', message)
    }
    return caller
  }

  #admitAnybody(address: string): Caller {
    if (!isLoopback(address)) limit(this.#anybody.take(address))
    return { name: address, role: 'anybody' }
  }

  #keyHolder(request: IncomingMessage, address: string): ApiKey {
    const presented = presentedKey(request)
    // Looked up by its hash: how long that takes tells nothing about any key.
    const key = presented === undefined ? undefined : this.#byHash.get(hashApiKey(presented))
    if (key) return key
    limit(this.#wrong.take(address))
    const message =
      presented === undefined
        ? 'Send an API key: "Authorization: Bearer csms_...".'
        : 'This API key is not known here.'
    throw new Problem(401, presented === undefined ? 'KEY_REQUIRED' : 'UNKNOWN_KEY', message, {
      'WWW-Authenticate': 'Bearer realm="csms"',
    })
  }
}

function local(request: IncomingMessage): Caller & { readonly role: Role } {
  refuseForeign(request)
  return { name: 'this machine', role: 'admin' }
}

/** Of `Authorization: Bearer` or `X-API-Key`. */
function presentedKey({ headers }: IncomingMessage): string | undefined {
  const bearer = /^bearer +(\S+)$/i.exec(headers.authorization ?? '')?.[1]
  const plain = headers['x-api-key']
  return bearer ?? (typeof plain === 'string' ? plain : undefined)
}

function limit(waitSeconds: number): void {
  if (waitSeconds === 0) return
  throw new Problem(429, 'TOO_MANY_REQUESTS', 'Too many requests: wait, then ask again.', {
    'Retry-After': String(Math.ceil(waitSeconds)),
  })
}
