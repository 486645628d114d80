import type { CallOutcome } from '../../ocpp/rpc/call.ts'

interface NoticeStation {
  readonly online: boolean
  send(action: string, payload: object, settled: (outcome: CallOutcome) => void): void
}

interface Notice {
  readonly action: string
  readonly payload: object
}

/** A station that is away for long keeps the latest. */
const mostNotices = 50

/**
 * Notifications that reach the CSMS in order, one after the other; what came up while it was out of
 * reach follows when it is back. Survives reboots.
 */
export class Notices {
  readonly #station: NoticeStation
  #waiting: Notice[] = []
  #sending = false
  #drained: (() => void)[] = []

  constructor(station: NoticeStation) {
    this.#station = station
  }

  /** Resolves as `drained`. */
  add(action: string, payload: object): Promise<void> {
    this.#waiting.push({ action, payload })
    if (this.#waiting.length > mostNotices) this.#waiting.shift()
    return this.drained()
  }

  /** Resolves when the CSMS heard all of them, or is out of reach. */
  drained(): Promise<void> {
    return new Promise((resolve) => {
      this.#drained.push(resolve)
      this.resume()
    })
  }

  /** The CSMS is in reach again. */
  resume(): void {
    if (this.#sending) return
    const [next] = this.#waiting
    if (!next || !this.#station.online) {
      this.#release()
      return
    }
    this.#sending = true
    this.#station.send(next.action, next.payload, (outcome) => this.#settled(next, outcome))
  }

  #settled(notice: Notice, outcome: CallOutcome): void {
    this.#sending = false
    const unheard = outcome.kind === 'unsent' || outcome.kind === 'lost'
    if (!unheard) this.#waiting = this.#waiting.filter((one) => one !== notice)
    if (unheard) this.#release()
    else this.resume()
  }

  #release(): void {
    for (const resolve of this.#drained.splice(0)) resolve()
  }
}
