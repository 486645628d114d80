import { ActiveTokens } from '../domain/authorization.ts'

/**
 * The one place that knows which tokens are in a transaction, whichever process holds it; only of
 * tokens that may be in one at a time. A claim that is granted counts as begun.
 */
export class TokenDesk {
  readonly #active = new ActiveTokens()

  claim(idToken: string): boolean {
    if (!this.#active.claim(idToken)) return false
    this.#active.begun(idToken)
    return true
  }

  begun(idToken: string): void {
    this.#active.begun(idToken)
  }

  ended(idToken: string): void {
    this.#active.ended(idToken)
  }
}
