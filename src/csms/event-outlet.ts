import { redactFrame } from '../ocpp/redact.ts'
import type { Wanted } from './event-hub.ts'
import type { CsmsObserver } from './events.ts'
import type { Direction, MessageLog } from './message-log.ts'

/**
 * Where a process of the management system tells what happens. Nothing is made that nobody wants,
 * and who wants what may change while it runs.
 */
export class EventOutlet {
  readonly #send: CsmsObserver
  readonly #log: MessageLog | undefined
  #wanted: Wanted

  constructor(send: CsmsObserver, wanted: Wanted, log: MessageLog | undefined) {
    this.#send = send
    this.#wanted = wanted
    this.#log = log
  }

  /** Undefined where nobody listens. */
  get emit(): CsmsObserver | undefined {
    return this.#wanted.events ? this.#send : undefined
  }

  /** Somebody wants to see frames. */
  get showsFrames(): boolean {
    return this.#wanted.frames || this.#log !== undefined
  }

  want(wanted: Wanted): void {
    this.#wanted = wanted
  }

  /** Seen from the management system; secrets are hidden before anybody sees it. */
  frame(stationId: string, direction: Direction, text: string): void {
    this.#log?.add(stationId, direction, text)
    if (!this.#wanted.frames) return
    this.#send({ type: 'frame', stationId, direction, text: redactFrame(text) })
  }
}
