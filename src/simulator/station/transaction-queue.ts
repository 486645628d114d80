import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { CancelTimer, Clocks } from '../../shared/clock.ts'
import type { IssuedCall } from '../executors/load-station.ts'
import type { StationSettings } from './behaviour.ts'

/**
 * A message that belongs to a transaction and must arrive, in order [1.6 3.7, 3.7.1] [2.0.1 E04].
 */
export interface TransactionMessage {
  readonly action: string
  /** May be dropped when the queue is full: neither begins nor ends a transaction. */
  readonly intermediate: boolean
  /** The traffic it serves; its instants count for the first transmission. */
  readonly traffic?: IssuedCall | undefined
  /**
   * The payload as it is to go out now, with what is known by now (transactionId).
   * @param offline it happened while the station was offline
   */
  payload(offline: boolean): object
  /** The first transmission is over, or the station is offline and the message waits (`unsent`). */
  attempted(outcome: CallOutcome): void
  /** The CSMS answered. */
  delivered(answer: object): void
  /** Given up after the last attempt, or for lack of room. */
  dropped(): void
}

/** Whose transaction messages wait. */
export interface QueueHost {
  readonly station: {
    /** Transaction messages may go out: socket open and boot accepted. */
    readonly online: boolean
    readonly settings: Pick<StationSettings, 'transactionAttempts' | 'transactionRetryMs'>
    readonly clocks: Clocks
  }
  /** Puts one message on the wire and returns the message id it will carry once sent. */
  transmit(
    action: string,
    payload: object,
    traffic: IssuedCall | undefined,
    fixedId: string | undefined,
    settled: (outcome: CallOutcome, id: string) => void,
  ): void
}

/** Messages that a station keeps; at one sample a minute more than half a day offline. */
const longestQueue = 1000

interface Waiting {
  readonly message: TransactionMessage
  /** Transmissions that were refused or timed out; a lost socket is nobody's refusal. */
  transmissions: number
  readonly offline: boolean
  /** The first outcome was told. */
  told: boolean
  /** Id to keep: it may have arrived before the socket was lost [1.6J errata 3.1]. */
  fixedId: string | undefined
}

/**
 * Transaction messages in the order they happened; one is on its way at a time and new ones wait for
 * the old. A CALLERROR or a timeout is retried after `retryMs` x the number of transmissions so far,
 * `attempts` times in all, then the message is dropped and the queue goes on [1.6 9.1.31, 9.1.32]
 * [2.0.1 E13]. A lost socket does not count as a transmission: the message is sent again with its
 * message id after the reconnect.
 */
export class TransactionQueue {
  readonly #host: QueueHost
  readonly #waiting: Waiting[] = []
  #inFlight = false
  #retryTimer: CancelTimer | undefined

  constructor(host: QueueHost) {
    this.#host = host
  }

  get length(): number {
    return this.#waiting.length
  }

  /** Whether one of those that wait, or are on their way, is such. */
  some(is: (message: TransactionMessage) => boolean): boolean {
    return this.#waiting.some(({ message }) => is(message))
  }

  /** How many of them begin or end a transaction: without them it is lost to the CSMS. */
  get essential(): number {
    let count = 0
    for (const { message } of this.#waiting) if (!message.intermediate) count += 1
    return count
  }

  add(message: TransactionMessage): void {
    if (this.#waiting.length >= longestQueue && !this.#makeRoom()) {
      message.dropped()
      message.attempted({ kind: 'unsent', reason: 'full' })
      return
    }
    const { online } = this.#host.station
    const waiting: Waiting = {
      message,
      transmissions: 0,
      offline: !online,
      told: false,
      fixedId: undefined,
    }
    this.#waiting.push(waiting)
    if (online) this.#next()
    else tell(waiting, { kind: 'unsent', reason: 'closed' })
  }

  /** The station is online (again): goes on where it stopped. */
  resume(): void {
    this.#next()
  }

  /** The station went offline: waits of retries are over. */
  suspend(): void {
    this.#retryTimer?.()
    this.#retryTimer = undefined
    for (const waiting of this.#waiting) tell(waiting, { kind: 'unsent', reason: 'closed' })
  }

  #next(): void {
    const waiting = this.#waiting[0]
    if (!waiting || this.#inFlight || this.#retryTimer || !this.#host.station.online) return
    this.#inFlight = true
    const { message, fixedId } = waiting
    const traffic = waiting.told ? undefined : message.traffic
    this.#host.transmit(
      message.action,
      message.payload(waiting.offline),
      traffic,
      fixedId,
      (outcome, id) => this.#settled(waiting, outcome, id),
    )
  }

  #settled(waiting: Waiting, outcome: CallOutcome, id: string): void {
    this.#inFlight = false
    switch (outcome.kind) {
      case 'result':
      case 'invalid':
        this.#waiting.shift()
        waiting.message.delivered(outcome.payload)
        break
      case 'error':
      case 'timeout':
        this.#refused(waiting)
        break
      case 'lost':
        waiting.fixedId = id
        break
      case 'unsent':
        // Tried again on the next `add` or `resume`; at once would be for ever.
        tell(waiting, outcome)
        return
    }
    tell(waiting, outcome)
    this.#next()
  }

  #refused(waiting: Waiting): void {
    const { settings, clocks } = this.#host.station
    waiting.transmissions += 1
    waiting.fixedId = undefined
    if (waiting.transmissions >= settings.transactionAttempts) {
      this.#waiting.shift()
      waiting.message.dropped()
      return
    }
    this.#retryTimer = clocks.simulated.after(
      settings.transactionRetryMs * waiting.transmissions,
      () => {
        this.#retryTimer = undefined
        this.#next()
      },
    )
  }

  /** Drops every other intermediate message, never the one on its way [2.0.1 E04.FR.08]. */
  #makeRoom(): boolean {
    let seen = 0
    const kept = this.#waiting.filter((waiting, position) => {
      if (!waiting.message.intermediate || (position === 0 && this.#inFlight)) return true
      seen += 1
      if (seen % 2 === 0) return true
      waiting.message.dropped()
      tell(waiting, { kind: 'unsent', reason: 'full' })
      return false
    })
    const made = kept.length < this.#waiting.length
    this.#waiting.splice(0, this.#waiting.length, ...kept)
    return made
  }
}

function tell(waiting: Waiting, outcome: CallOutcome): void {
  if (waiting.told) return
  waiting.told = true
  waiting.message.attempted(outcome)
}
