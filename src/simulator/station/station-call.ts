import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { IssuedCall } from '../executors/load-station.ts'
import type { MeasuredCall } from './observer.ts'

/** Whoever hands CALLs to the wire: counts their ends. */
export interface CallOwner {
  callSettled(call: StationCall, outcome: CallOutcome): void
}

/** What is measured of a CALL, and what is unusual about it; instants of the real clock. */
export interface CallDetails {
  readonly intendedMicros: number
  readonly dueMicros: number
  readonly fixedId?: string | undefined
  readonly timeoutMs?: number | undefined
  /** The scenario wrote the payload: sent as it is, valid or not. */
  readonly raw?: boolean | undefined
}

const asSent: CallDetails = { intendedMicros: 0, dueMicros: 0 }

/** A CALL of a station with its measurement. One object per CALL; `settled` is no closure. */
export class StationCall implements MeasuredCall {
  readonly action: string
  readonly payload: object
  readonly intendedMicros: number
  readonly dueMicros: number
  readonly fixedId?: string
  readonly timeoutMs?: number
  readonly raw?: boolean
  id = ''
  sentMicros = 0
  settledMicros = 0
  readonly #owner: CallOwner
  readonly #then: ((outcome: CallOutcome, id: string) => void) | undefined
  readonly #traffic: IssuedCall | undefined

  /** @param traffic hears `done` after `then` */
  constructor(
    owner: CallOwner,
    action: string,
    payload: object,
    then: ((outcome: CallOutcome, id: string) => void) | undefined,
    details: CallDetails = asSent,
    traffic?: IssuedCall,
  ) {
    this.#owner = owner
    this.#then = then
    this.#traffic = traffic
    this.action = action
    this.payload = payload
    this.intendedMicros = details.intendedMicros
    this.dueMicros = details.dueMicros
    if (details.fixedId !== undefined) this.fixedId = details.fixedId
    if (details.timeoutMs !== undefined) this.timeoutMs = details.timeoutMs
    if (details.raw === true || traffic?.payload !== undefined) this.raw = true
  }

  settled(outcome: CallOutcome): void {
    this.#owner.callSettled(this, outcome)
    this.#then?.(outcome, this.id)
    this.#traffic?.done(outcome)
  }
}
