import type { IncomingMessage } from 'node:http'
import type { Socket } from 'node:net'
import type { Clock } from '../../shared/clock.ts'
import { type Admitted, refuse, stopping } from '../../transport/admission.ts'
import { packUpgrade, type UpgradeParcel } from '../../transport/upgrade-parcel.ts'
import type { Ticket } from '../gateway/admission.ts'

/** An upgrade that was let in and waits to be handed over. */
export interface Handover {
  readonly request: IncomingMessage
  readonly socket: Socket
  readonly head: Buffer
  readonly admitted: Admitted<Ticket>
}

export type SendSocket = (socket: Socket, parcel: UpgradeParcel, ticket: Ticket) => void

interface Waiting extends Handover {
  readonly sinceMicros: number
}

/** Who waited longer than this has most likely given up. */
const longestWaitMs = 5_000
/** Sockets held here at once; each is an open file. */
const longestQueue = 4_096
/** A socket that never arrived (the process may open no more files) holds up the others so long. */
const arrivalTimeoutMs = 5_000

const busy = {
  status: 503,
  reason: 'Too many stations connect at once.',
  headers: { 'Retry-After': '5' },
} as const

/**
 * The sockets on their way to one process, one at a time. Node would take all of them, too, but puts
 * all that wait into its queue anew for every one that arrives: with thousands that is its whole time.
 */
export class HandoverQueue {
  readonly #clock: Clock
  readonly #send: SendSocket
  #waiting: Waiting[] = []
  #first = 0
  /** When the one that is under way left. */
  #leftMicros: number | undefined

  /** @param clock real time */
  constructor(clock: Clock, send: SendSocket) {
    this.#clock = clock
    this.#send = send
  }

  get length(): number {
    return this.#waiting.length - this.#first
  }

  add(handover: Handover): void {
    const { socket } = handover
    // A peer that vanishes while it waits is passed over.
    socket.on('error', ignore)
    if (this.length >= longestQueue) {
      refuse(socket, busy)
      return
    }
    this.#waiting.push({ ...handover, sinceMicros: this.#clock.monotonicMicros() })
    if (this.#leftMicros === undefined) this.#next()
  }

  /** The one under way got there, or never will. */
  arrived(): void {
    this.#leftMicros = undefined
    this.#next()
  }

  /** The one under way has taken so long that it must be given up. */
  get isStuck(): boolean {
    if (this.#leftMicros === undefined) return false
    return this.#clock.monotonicMicros() - this.#leftMicros > arrivalTimeoutMs * 1000
  }

  /** Nobody is handed over any more. */
  close(): void {
    for (;;) {
      const next = this.#shift()
      if (!next) return
      refuse(next.socket, stopping)
    }
  }

  #next(): void {
    const nowMicros = this.#clock.monotonicMicros()
    for (;;) {
      const next = this.#shift()
      if (!next) return
      const { request, socket, head, admitted, sinceMicros } = next
      if (socket.destroyed) continue
      if (nowMicros - sinceMicros > longestWaitMs * 1000) {
        refuse(socket, busy)
        continue
      }
      this.#leftMicros = nowMicros
      this.#send(socket, packUpgrade(request, socket, head, admitted.protocol), admitted.ticket)
      return
    }
  }

  #shift(): Waiting | undefined {
    const next = this.#waiting[this.#first]
    if (!next) return undefined
    this.#first += 1
    // Cut off what is behind only when it is half of the array: shifting thousands costs each time.
    if (this.#first * 2 > this.#waiting.length) {
      this.#waiting = this.#waiting.slice(this.#first)
      this.#first = 0
    }
    return next
  }
}

function ignore(): void {
  // Passed over when its turn comes.
}
