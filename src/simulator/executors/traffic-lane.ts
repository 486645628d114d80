import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { TrafficPlan } from '../scenario/plan.ts'
import type { IssuedCall, LoadStation } from './load-station.ts'

/** How many due CALLs of one kind wait for one station; more are dropped. */
export const longestBacklog = 1000
/** So many numbers of CALLs that are gone may stand before those that wait. */
const longestHead = 384

type LeftOut = (
  stationIndex: number,
  action: string,
  intendedMicros: number,
  dueMicros: number,
) => void

/** Hears of CALLs that were due and are not with their station. */
export interface LaneEvents {
  /** The backlog policy left it out. */
  readonly dropped: LeftOut
  /**
   * It still waited when the drain was over, or its station did not send it: what the recorder saw
   * for itself it must not count twice.
   */
  readonly unsent: LeftOut
  /** So many more wait; fewer where negative. */
  readonly waits: (change: number) => void
}

/** Says which action falls due next at a station. */
export interface CallDraw {
  readonly actions: readonly string[]
  /** A place in `actions`. */
  next(): number
}

/** Always this one. */
export function only(action: string): CallDraw {
  return { actions: [action], next: () => 0 }
}

/**
 * One station's share of one traffic entry or of a mix: at most one of its CALLs is on its way, the
 * others wait as the backlog policy says. It is itself the CALL that is handed to the station, so
 * that an exchange allocates nothing here.
 */
export class TrafficLane implements IssuedCall {
  action = ''
  readonly payload: object | undefined
  intendedMicros = 0
  dueMicros = 0
  readonly #draw: CallDraw
  readonly #index: number
  readonly #policy: TrafficPlan['backlog']
  readonly #events: LaneEvents
  #station: LoadStation | undefined
  #busy = false
  /** Place of the action, intended and due instant in turns, from `#head` on. */
  #waiting: number[] = []
  #head = 0

  constructor(
    plan: Pick<TrafficPlan, 'payload' | 'backlog'>,
    draw: CallDraw,
    index: number,
    events: LaneEvents,
  ) {
    this.payload = plan.payload
    this.#policy = plan.backlog
    this.#draw = draw
    this.#index = index
    this.#events = events
  }

  /** Nothing on its way and nothing waiting. */
  get idle(): boolean {
    return !this.#busy && this.#backlog === 0
  }

  get #backlog(): number {
    return (this.#waiting.length - this.#head) / 3
  }

  attach(station: LoadStation): void {
    this.#station = station
  }

  /** A CALL falls due. */
  due(intendedMicros: number, dueMicros: number): void {
    const drawn = this.#draw.next()
    if (!this.#busy && this.#backlog === 0 && this.#station?.ready) {
      this.#issue(drawn, intendedMicros, dueMicros)
    } else if (this.#backlog < this.#room) {
      this.#waiting.push(drawn, intendedMicros, dueMicros)
      this.#events.waits(1)
    } else {
      this.#events.dropped(this.#index, this.#actionAt(drawn), intendedMicros, dueMicros)
    }
  }

  /** Sends what waits, one at a time; called when the station is ready (again). */
  proceed(): void {
    while (!this.#busy && this.#backlog > 0 && this.#station?.ready) {
      const drawn = this.#waiting[this.#head] ?? 0
      const intended = this.#waiting[this.#head + 1] ?? 0
      const due = this.#waiting[this.#head + 2] ?? 0
      this.#head += 3
      this.#events.waits(-1)
      this.#compact()
      this.#issue(drawn, intended, due)
    }
  }

  done(outcome: CallOutcome): void {
    if (outcome.kind === 'unsent') {
      this.#events.unsent(this.#index, this.action, this.intendedMicros, this.dueMicros)
    }
    this.#busy = false
    this.proceed()
  }

  /** Gives up what still waits. */
  end(): void {
    for (let at = this.#head; at < this.#waiting.length; at += 3) {
      const [drawn = 0, intended = 0, due = 0] = this.#waiting.slice(at, at + 3)
      this.#events.waits(-1)
      this.#events.unsent(this.#index, this.#actionAt(drawn), intended, due)
    }
    this.#waiting = []
    this.#head = 0
  }

  /** `coalesce`: several missed CALLs become one, the one that waited longest. */
  get #room(): number {
    if (this.#policy === 'queue') return longestBacklog
    return this.#policy === 'coalesce' ? 1 : 0
  }

  #actionAt(place: number): string {
    return this.#draw.actions[place] ?? ''
  }

  #issue(drawn: number, intendedMicros: number, dueMicros: number): void {
    this.action = this.#actionAt(drawn)
    this.intendedMicros = intendedMicros
    this.dueMicros = dueMicros
    this.#busy = true
    this.#station?.issue(this)
  }

  #compact(): void {
    if (this.#head === this.#waiting.length) this.#waiting.length = 0
    else if (this.#head < longestHead) return
    else this.#waiting = this.#waiting.slice(this.#head)
    this.#head = 0
  }
}
