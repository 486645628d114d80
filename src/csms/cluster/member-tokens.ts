import type { BusyTokens } from '../domain/authorization.ts'
import type { FromMember } from './messages.ts'

/**
 * The tokens that are in a transaction, as one of several processes sees them: the front knows.
 * Only tokens that may be in one transaction at a time are asked and told about.
 */
export class MemberTokens implements BusyTokens {
  readonly #send: (message: FromMember) => void
  readonly #isLimited: (idToken: string) => boolean
  readonly #asked = new Map<number, (granted: boolean) => void>()
  /** Granted for transactions that begin next: the front counts them already. */
  readonly #granted = new Map<string, number>()
  /** Transactions that the front counts, by token: a token may stop being limited meanwhile. */
  readonly #counted = new Map<string, number>()
  #lastId = 0

  constructor(send: (message: FromMember) => void, isLimited: (idToken: string) => boolean) {
    this.#send = send
    this.#isLimited = isLimited
  }

  claim(idToken: string): Promise<boolean> {
    this.#lastId += 1
    const id = this.#lastId
    this.#send({ kind: 'claim', id, idToken })
    return new Promise((resolve) => {
      this.#asked.set(id, (granted) => {
        if (granted) this.#grant(idToken, 1)
        resolve(granted)
      })
    })
  }

  claimed(id: number, granted: boolean): void {
    this.#asked.get(id)?.(granted)
    this.#asked.delete(id)
  }

  begun(idToken: string): void {
    const granted = this.#grant(idToken, -1)
    if (!granted && !this.#isLimited(idToken)) return
    add(this.#counted, idToken, 1)
    if (!granted) this.#send({ kind: 'tokenBegun', idToken })
  }

  ended(idToken: string): void {
    if (add(this.#counted, idToken, -1)) this.#send({ kind: 'tokenEnded', idToken })
  }

  /** @returns whether there was a grant to add to or take from */
  #grant(idToken: string, change: 1 | -1): boolean {
    return add(this.#granted, idToken, change)
  }
}

/** @returns whether there was anything to add to or take from */
function add(counts: Map<string, number>, idToken: string, change: 1 | -1): boolean {
  const key = idToken.toLowerCase()
  const count = (counts.get(key) ?? 0) + change
  if (count > 0) counts.set(key, count)
  else counts.delete(key)
  return count >= 0
}
