import { createHash, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import { Hashing } from './hashing.ts'

/** Cost of a password hash: about 50 ms and 16 MiB in libuv's pool, never on this thread. */
const scryptCost = { N: 16384, r: 8, p: 1 } as const
const keyBytes = 32

/** How a station's password is known. */
export type Password =
  /** In plain, from a scenario: kept in memory as a salted SHA-256, fast for thousands at once. */
  | { readonly plain: string }
  /** As `hashPassword` wrote it, from a file. */
  | { readonly hash: string }

/** Makes what a stations file holds instead of a password: `scrypt$N$r$p$salt$key`. */
export async function hashPassword(plain: string): Promise<string> {
  const salt = randomBytes(16)
  const { N, r, p } = scryptCost
  const key = await derive(Buffer.from(canonical(plain)), salt, scryptCost)
  return ['scrypt', N, r, p, salt.toString('base64'), key.toString('base64')].join('$')
}

/** True where the text is a hash that `Credentials` can check. */
export function isPasswordHash(text: string): boolean {
  return parseHash(text) !== undefined
}

/** The stations' passwords: those of the settings, and those that were changed since. */
export class Credentials {
  readonly #salt = randomBytes(16)
  readonly #digests = new Map<string, Buffer>()
  readonly #hashes = new Map<string, ScryptHash>()
  readonly #changed = new Map<string, ChangedPassword>()
  readonly #hashing = new Hashing()

  /** As the settings name it. Throws a RangeError for a hash that it cannot read. */
  set(stationId: string, password: Password): void {
    if ('plain' in password) {
      this.#digests.set(stationId, this.#digest(Buffer.from(canonical(password.plain))))
      return
    }
    const hash = parseHash(password.hash)
    if (!hash) throw new RangeError('not a password hash of the form scrypt$N$r$p$salt$key')
    this.#hashes.set(stationId, hash)
  }

  /**
   * Takes the place of what the settings name [1.6 SWP A01.FR.03]; a `next` counts beside what
   * counted before.
   */
  change(stationId: string, hashes: { readonly current?: string; readonly next?: string }): void {
    const current = parseHash(hashes.current ?? '')
    const next = parseHash(hashes.next ?? '')
    if (current ?? next) this.#changed.set(stationId, { current, next, proven: undefined })
    else this.#changed.delete(stationId)
  }

  /** Nothing is known of it any more, whatever the settings said. */
  forget(stationId: string): void {
    this.#digests.delete(stationId)
    this.#hashes.delete(stationId)
    this.#changed.delete(stationId)
  }

  has(stationId: string): boolean {
    return (
      this.#digests.has(stationId) || this.#hashes.has(stationId) || this.#changed.has(stationId)
    )
  }

  /**
   * Compares in constant time. Answers at once where a digest is known; a scrypt hash that was
   * proven once leaves its digest, so that a fleet that reconnects costs no scrypt. Rejects with
   * `HashingBusy` where too many wait for theirs.
   * @param given the bytes of the Authorization header's password
   */
  check(stationId: string, given: Buffer): boolean | Promise<boolean> {
    const forms = formsOf(given)
    const changed = this.#changed.get(stationId)
    if (changed?.current) return this.#checkChanged(changed, forms)
    const known = this.#digests.get(stationId)
    if (known && this.#holds(known, forms)) return true
    const hash = this.#hashes.get(stationId)
    if (!changed) return hash ? this.#prove(stationId, hash, forms) : false
    return this.#checkBoth(stationId, hash, changed, forms)
  }

  async #checkBoth(
    stationId: string,
    hash: ScryptHash | undefined,
    changed: ChangedPassword,
    forms: readonly Buffer[],
  ): Promise<boolean> {
    if (hash && (await this.#prove(stationId, hash, forms))) return true
    return this.#checkChanged(changed, forms)
  }

  #checkChanged(changed: ChangedPassword, forms: readonly Buffer[]): boolean | Promise<boolean> {
    if (changed.proven && this.#holds(changed.proven, forms)) return true
    return this.#proveChanged(changed, forms)
  }

  async #proveChanged(changed: ChangedPassword, forms: readonly Buffer[]): Promise<boolean> {
    for (const hash of [changed.current, changed.next]) {
      const form = hash && (await this.#matching(hash, forms))
      if (!form) continue
      changed.proven = this.#digest(form)
      return true
    }
    return false
  }

  async #prove(stationId: string, hash: ScryptHash, forms: readonly Buffer[]): Promise<boolean> {
    const form = await this.#matching(hash, forms)
    if (form) this.#digests.set(stationId, this.#digest(form))
    return form !== undefined
  }

  /** The form of a password that the hash was made of. */
  async #matching(hash: ScryptHash, forms: readonly Buffer[]): Promise<Buffer | undefined> {
    for (const form of forms) {
      const key = await this.#hashing.take(() => derive(form, hash.salt, hash.cost))
      if (timingSafeEqual(key, hash.key)) return form
    }
    return undefined
  }

  #holds(digest: Buffer, forms: readonly Buffer[]): boolean {
    return forms.some((form) => timingSafeEqual(digest, this.#digest(form)))
  }

  #digest(bytes: Buffer): Buffer {
    return createHash('sha256').update(this.#salt).update(bytes).digest()
  }
}

interface ChangedPassword {
  readonly current: ScryptHash | undefined
  readonly next: ScryptHash | undefined
  /** Digest of one that was proven. */
  proven: Buffer | undefined
}

/** 16 to 20 bytes as hexadecimal digits: an AuthorizationKey that may be meant as bytes. */
const hexKey = /^(?:[0-9a-f]{2}){16,20}$/i

/** Hexadecimal digits are the same key in either case. */
function canonical(password: string): string {
  return hexKey.test(password) ? password.toLowerCase() : password
}

/**
 * 1.6 stations may send the 20 bytes that the 40 hex digits of AuthorizationKey stand for
 * [1.6J 6.2, 1.6 SWP A00.FR.205]; both readings are in the field. The first form is the usual one.
 */
function formsOf(given: Buffer): readonly Buffer[] {
  const text = given.toString('latin1')
  if (hexKey.test(text)) {
    return canonical(text) === text ? [given] : [Buffer.from(canonical(text)), given]
  }
  const hex = given.toString('hex')
  if (!hexKey.test(hex)) return [given]
  // Bytes may be letters by chance: then it is more likely a password that was meant as it stands.
  const readable = given.every((byte) => byte >= 0x20 && byte < 0x7f)
  const bytes = [Buffer.from(hex), Buffer.from(hex.toUpperCase())]
  return readable ? [given, ...bytes] : [...bytes, given]
}

interface ScryptHash {
  readonly cost: { readonly N: number; readonly r: number; readonly p: number }
  readonly salt: Buffer
  readonly key: Buffer
}

function parseHash(text: string): ScryptHash | undefined {
  const [kind, N, r, p, salt = '', key = ''] = text.split('$')
  const cost = { N: Number(N), r: Number(r), p: Number(p) }
  const bytes = Buffer.from(key, 'base64')
  // More than 2 ** 17 would take over 128 MiB per handshake.
  const sane = cost.N >= 2 && cost.N <= 2 ** 17 && cost.r >= 1 && cost.r <= 8 && cost.p === 1
  if (kind !== 'scrypt' || !sane || bytes.length !== keyBytes) return undefined
  return { cost, salt: Buffer.from(salt, 'base64'), key: bytes }
}

function derive(password: Buffer, salt: Buffer, cost: ScryptHash['cost']): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    scrypt(password, salt, keyBytes, { ...cost, maxmem: 256 * 1024 * 1024 }, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}
