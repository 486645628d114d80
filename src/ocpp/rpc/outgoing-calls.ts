import type { Clock } from '../../shared/clock.ts'
import type { Call, CallOutcome } from './call.ts'

/** What an answer turned out to answer. */
export type Claim = Call | 'late' | 'duplicate' | 'send' | 'unsolicited'

/** How many ids of given-up and of answered CALLs, and of SENDs, are remembered, to tell late from unsolicited. */
const rememberedIds = 16

interface OutgoingOptions {
  readonly clock: Clock
  readonly nextMessageId: () => string
  readonly callTimeoutMs: number
  readonly longestQueue: number
}

/** Puts a CALL on the wire. */
interface Transmitter {
  transmit(call: Call): void
}

/**
 * The CALLs of our own side: at most one outstanding [1.6J 4.1.1], a bounded queue in front of it.
 * Every CALL handed in is settled exactly once, unless it is taken back.
 */
export class OutgoingCalls {
  readonly #options: OutgoingOptions
  readonly #wire: Transmitter
  #outstanding: Call | undefined
  #deadlineMicros = 0
  readonly #queue: Call[] = []
  #givenUp: RecentIds | undefined
  readonly #answered = new RecentIds()
  #sends: RecentIds | undefined

  constructor(options: OutgoingOptions, wire: Transmitter) {
    this.#options = options
    this.#wire = wire
  }

  /** CALLs handed in and not settled. */
  get backlog(): number {
    return this.#queue.length + (this.#outstanding ? 1 : 0)
  }

  get outstandingId(): string | undefined {
    return this.#outstanding?.id
  }

  add(call: Call): void {
    // While an answer is being read nothing is outstanding, but others were here first.
    if (!this.#outstanding && this.#queue.length === 0) this.#transmit(call)
    else if (this.#queue.length < this.#options.longestQueue) this.#queue.push(call)
    else this.settle(call, { kind: 'unsent', reason: 'full' })
  }

  /** A SEND goes out, which nobody answers. */
  addSend(id: string): void {
    this.#sends ??= new RecentIds()
    this.#sends.add(id)
  }

  /** Takes back a CALL that still waits for its turn; it is then never settled. */
  withdraw(call: Call): boolean {
    const at = this.#queue.indexOf(call)
    if (at < 0) return false
    this.#queue.splice(at, 1)
    return true
  }

  settle(call: Call, outcome: CallOutcome): void {
    call.settledMicros = this.#options.clock.monotonicMicros()
    call.settled(outcome, call)
  }

  /** Takes the outstanding CALL if the answer is its own; the caller settles it, then `next`. */
  claim(id: string): Claim {
    const call = this.#outstanding
    if (call && call.id === id) {
      this.#outstanding = undefined
      this.#answered.add(id)
      return call
    }
    if (this.#givenUp?.has(id)) return 'late'
    if (this.#answered.has(id)) return 'duplicate'
    return this.#sends?.has(id) ? 'send' : 'unsolicited'
  }

  /** Sends the next CALL of the queue if its turn has come. */
  next(): void {
    if (this.#outstanding) return
    const call = this.#queue.shift()
    if (call) this.#transmit(call)
  }

  /** Gives up the outstanding CALL when its deadline has passed. */
  sweep(nowMicros: number): void {
    if (!this.#outstanding || nowMicros < this.#deadlineMicros) return
    const call = this.#outstanding
    this.#outstanding = undefined
    this.#givenUp ??= new RecentIds()
    this.#givenUp.add(call.id)
    this.settle(call, { kind: 'timeout' })
    this.next()
  }

  /** The socket is gone: what was on the wire is lost, what waited was never sent. */
  abandon(): void {
    const outstanding = this.#outstanding
    this.#outstanding = undefined
    if (outstanding) this.settle(outstanding, { kind: 'lost' })
    for (const call of this.#queue.splice(0)) {
      this.settle(call, { kind: 'unsent', reason: 'closed' })
    }
  }

  #transmit(call: Call): void {
    const { clock, callTimeoutMs } = this.#options
    this.#outstanding = call
    call.id = call.fixedId ?? this.#options.nextMessageId()
    const now = clock.monotonicMicros()
    call.sentMicros = now
    this.#deadlineMicros = now + (call.timeoutMs ?? callTimeoutMs) * 1000
    this.#wire.transmit(call)
  }
}

/** The last few message ids of a kind; most connections never need any. */
class RecentIds {
  readonly #ids: string[] = []
  #next = 0

  add(id: string): void {
    this.#ids[this.#next] = id
    this.#next = (this.#next + 1) % rememberedIds
  }

  has(id: string): boolean {
    return this.#ids.includes(id)
  }
}
