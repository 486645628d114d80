/**
 * What the newest two CALLs of a peer had as their message ids, and what they were for. Kept as two
 * hashes of 32 bits each: ids themselves, kept alive and compared, took 0.5 µs of every message.
 */
export class MessageIds {
  #first = 0
  #second = 0
  #action: string | undefined
  #firstBefore = 0
  #secondBefore = 0
  #actionBefore: string | undefined

  /** Keeps an id, and tells what it was used for before; undefined: nothing. */
  used(id: string, action: string): string | undefined {
    let first = 0
    let second = 1
    for (let at = 0; at < id.length; at += 1) {
      const character = id.charCodeAt(at)
      first = Math.imul(first ^ character, 0x0100_0193)
      second = Math.imul(second, 31) + character
      second |= 0
    }
    const known = this.#known(first, second)
    this.#firstBefore = this.#first
    this.#secondBefore = this.#second
    this.#actionBefore = this.#action
    this.#first = first
    this.#second = second
    this.#action = action
    return known
  }

  #known(first: number, second: number): string | undefined {
    if (first === this.#first && second === this.#second) return this.#action
    if (first === this.#firstBefore && second === this.#secondBefore) return this.#actionBefore
    return undefined
  }
}
