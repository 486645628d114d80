/** At once: libuv has four threads for them, and the disk needs some, too. */
const mostAtOnce = 2
/** Whoever comes behind so many would give up before his turn: about five seconds. */
const mostWaiting = 200

/** No hash is made now: too many wait for theirs. */
export class HashingBusy extends Error {
  constructor() {
    super('too many passwords are being checked')
    this.name = 'HashingBusy'
  }
}

/** The turns of slow hashes: guessing passwords must not take all threads, nor a queue without end. */
export class Hashing {
  #underWay = 0
  readonly #waiting: (() => void)[] = []

  /** Throws `HashingBusy`. */
  async take<Value>(make: () => Promise<Value>): Promise<Value> {
    if (this.#underWay < mostAtOnce) this.#underWay += 1
    else if (this.#waiting.length >= mostWaiting) throw new HashingBusy()
    else await new Promise<void>((resolve) => this.#waiting.push(resolve))
    try {
      return await make()
    } finally {
      const next = this.#waiting.shift()
      if (next) next()
      else this.#underWay -= 1
    }
  }
}
