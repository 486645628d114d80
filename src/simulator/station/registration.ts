import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { CancelTimer, Clocks } from '../../shared/clock.ts'
import type { BootCause, RegistrationState, StationSettings } from './behaviour.ts'

/** Whose registration it is: sends the boots, hears of the answers. */
export interface RegistrationHost {
  readonly station: {
    readonly link: { readonly open: boolean }
    /** The wait where the CSMS names no interval. */
    readonly settings: Pick<StationSettings, 'bootRetryMs'>
    readonly clocks: Clocks
  }
  sendBoot(cause: BootCause, settled: (outcome: CallOutcome) => void): void
  /** Any answer of the CSMS that names a status. */
  bootAnswered(answer: BootAnswer): void
  /** @param first not a repetition while already accepted */
  bootAccepted(intervalSeconds: number, first: boolean): void
}

/** What all versions answer to BootNotification. */
export interface BootAnswer {
  readonly status: 'Accepted' | 'Pending' | 'Rejected'
  readonly currentTime: string
  /** Seconds. */
  readonly interval: number
}

/**
 * Sends BootNotification until it is accepted, and nothing else before that [1.6 4.2]
 * [2.0.1 B01-B03]. Pending and Rejected are retried after the interval that the CSMS named
 * (simulated time; 0 or no answer: the station's own wait), also across a reconnect.
 */
export class Registration {
  readonly #host: RegistrationHost
  state: RegistrationState = 'none'
  /** The last answer, whatever it was. */
  answer: object | undefined
  /** What came between the station and its acceptance last, in words. */
  obstacle: string | undefined
  #wanted = false
  #cause: BootCause = 'powerUp'
  #timer: CancelTimer | undefined
  /** Simulated ms before which no BootNotification is sent. */
  #notBeforeMs = Number.NEGATIVE_INFINITY
  #onItsWay = false

  constructor(host: RegistrationHost) {
    this.#host = host
  }

  /** A boot was begun and is not accepted yet. */
  get underWay(): boolean {
    return this.#wanted && this.state !== 'accepted'
  }

  /** Boots anew: nothing is accepted until the CSMS says so. */
  begin(cause: BootCause): void {
    this.forget()
    this.#wanted = true
    this.#cause = cause
    if (this.#host.station.link.open) this.#send()
  }

  /** Power is gone. */
  forget(): void {
    this.#cancelTimer()
    this.#wanted = false
    this.#onItsWay = false
    this.#notBeforeMs = Number.NEGATIVE_INFINITY
    this.state = 'none'
  }

  /** TriggerMessage(BootNotification): now, without waiting for the interval. */
  again(cause: BootCause): void {
    this.#cause = cause
    if (!this.#onItsWay) this.#send()
  }

  linkOpened(): void {
    if (!this.#wanted || this.state === 'accepted') return
    const wait = this.#notBeforeMs - this.#nowMs
    if (wait > 0) this.#sendAfter(wait)
    else this.#send()
  }

  linkClosed(): void {
    this.#cancelTimer()
  }

  /** The connection was lost, and not by the station's own doing. */
  cutOff(code: number, reason: string): void {
    if (!this.underWay) return
    const why = reason === '' ? '' : ` (${reason})`
    this.obstacle = `the connection was closed with code ${code}${why} before a boot was accepted`
  }

  get #nowMs(): number {
    return this.#host.station.clocks.simulated.monotonicMicros() / 1000
  }

  #send(): void {
    this.#cancelTimer()
    this.#onItsWay = true
    this.#host.sendBoot(this.#cause, (outcome) => this.#settled(outcome))
  }

  #sendAfter(ms: number): void {
    this.#cancelTimer()
    this.#notBeforeMs = this.#nowMs + ms
    this.#timer = this.#host.station.clocks.simulated.after(ms, () => this.#send())
  }

  #cancelTimer(): void {
    this.#timer?.()
    this.#timer = undefined
  }

  #settled(outcome: CallOutcome): void {
    // A power loss in between: this answer is to another life.
    if (!this.#onItsWay) return
    this.#onItsWay = false
    switch (outcome.kind) {
      case 'result':
        this.#answered(outcome.payload as BootAnswer)
        break
      case 'error':
      case 'invalid':
      case 'timeout':
        this.obstacle = failureText(outcome)
        if (this.state !== 'accepted') this.#sendAfter(this.#host.station.settings.bootRetryMs)
        break
      case 'lost':
      case 'unsent':
        break
    }
  }

  #answered(answer: BootAnswer): void {
    this.answer = answer
    const before = this.state
    this.#host.bootAnswered(answer)
    switch (answer.status) {
      case 'Accepted':
        this.state = 'accepted'
        this.#host.bootAccepted(answer.interval, before !== 'accepted')
        break
      case 'Pending':
      case 'Rejected':
        this.state = answer.status === 'Pending' ? 'pending' : 'rejected'
        this.obstacle = `BootNotification was answered ${answer.status}`
        this.#sendAfter(
          answer.interval > 0 ? answer.interval * 1000 : this.#host.station.settings.bootRetryMs,
        )
    }
  }
}

/** Characters of the peer’s own words that are told. */
const longestCode = 50
const longestDescription = 255

function failureText(outcome: Extract<CallOutcome, { kind: 'error' | 'invalid' | 'timeout' }>) {
  switch (outcome.kind) {
    case 'error': {
      const wireCode = outcome.wireCode.slice(0, longestCode)
      const description = outcome.description.slice(0, longestDescription)
      const why = description === '' ? '' : ` (${description})`
      return `BootNotification was answered with CALLERROR ${wireCode}${why}`
    }
    case 'invalid':
      return `the answer to BootNotification is not valid: ${outcome.fault.slice(0, longestDescription)}`
    case 'timeout':
      return 'BootNotification was not answered in time'
  }
}
