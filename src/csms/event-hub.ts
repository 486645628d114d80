import { randomBytes } from 'node:crypto'
import { type CancelTimer, type Clock, isoTime } from '../shared/clock.ts'
import type { CsmsEvent, CsmsObserver } from './events.ts'

/** What somebody listens to now, so that nothing else is made. */
export interface Wanted {
  readonly events: boolean
  readonly frames: boolean
}

/** An event as it is told to subscribers. */
export interface Told {
  /** Names it for who comes back; frames are not told again and have none. */
  readonly id: string | undefined
  /** When it was heard of here; real time. */
  readonly time: string
  readonly event: CsmsEvent
}

export interface Subscriber {
  /** Frames, too. */
  readonly frames: boolean
  readonly hear: (told: Told) => void
}

export interface EventHubOptions {
  /** Hears of everything from the beginning, of frames where `frames` is set. */
  readonly observer: CsmsObserver | undefined
  readonly frames: boolean
  /** Real time. */
  readonly clock: Clock
}

/** How many events are kept for who comes back. */
const keptEvents = 1_000
/** So long after the last subscriber left events are still kept: it may come back. */
const lingerMs = 60_000

/** Tells what happens to whoever listens: the server's own observer and subscribers that come and go. */
export class EventHub {
  /** Hears when `wanted` changes. */
  changed: (wanted: Wanted) => void = () => undefined
  readonly #options: EventHubOptions
  /** No other hub's ids begin so: an id of an earlier process is not mistaken for one of this. */
  readonly #epoch = randomBytes(4).toString('hex')
  readonly #subscribers = new Set<Subscriber>()
  #kept: Told[] = []
  #lastOrdinal = 0
  #wanted: Wanted
  #stopLingering: CancelTimer | undefined

  constructor(options: EventHubOptions) {
    this.#options = options
    this.#wanted = this.#needed()
  }

  get wanted(): Wanted {
    return this.#wanted
  }

  get subscribers(): number {
    return this.#subscribers.size
  }

  readonly publish: CsmsObserver = (event) => {
    const { observer, frames, clock } = this.#options
    const isFrame = event.type === 'frame'
    if (!isFrame || frames) observer?.(event)
    const time = isoTime(clock.wallMs())
    if (isFrame) {
      for (const { frames, hear } of this.#subscribers) {
        if (frames) hear({ id: undefined, time, event })
      }
      return
    }
    this.#lastOrdinal += 1
    const told = { id: `${this.#epoch}-${this.#lastOrdinal}`, time, event }
    this.#keep(told)
    for (const { hear } of this.#subscribers) hear(told)
  }

  /** @returns how to end it */
  subscribe(subscriber: Subscriber): () => void {
    this.#stopLingering?.()
    this.#stopLingering = undefined
    this.#subscribers.add(subscriber)
    this.#reconsider()
    return () => {
      if (!this.#subscribers.delete(subscriber)) return
      if (this.#subscribers.size === 0) this.#linger()
      this.#reconsider()
    }
  }

  /** What happened after an event; undefined where that is not known any more. */
  after(id: string): readonly Told[] | undefined {
    if (id === `${this.#epoch}-0`)
      return this.#lastOrdinal <= this.#kept.length ? this.#kept : undefined
    const place = this.#kept.findIndex((told) => told.id === id)
    return place < 0 ? undefined : this.#kept.slice(place + 1)
  }

  /** Of the latest event: where who begins now begins. */
  get lastId(): string {
    return `${this.#epoch}-${this.#lastOrdinal}`
  }

  close(): void {
    this.#stopLingering?.()
  }

  #keep(told: Told): void {
    this.#kept.push(told)
    // Cut only when it is twice as long: shifting costs every time.
    if (this.#kept.length >= keptEvents * 2) this.#kept = this.#kept.slice(-keptEvents)
  }

  #linger(): void {
    this.#stopLingering = this.#options.clock.after(lingerMs, () => {
      this.#stopLingering = undefined
      this.#reconsider()
    })
  }

  #reconsider(): void {
    const needed = this.#needed()
    const { events, frames } = this.#wanted
    if (needed.events === events && needed.frames === frames) return
    this.#wanted = needed
    this.changed(needed)
  }

  #needed(): Wanted {
    const { observer, frames } = this.#options
    const listening = this.#subscribers.size > 0 || this.#stopLingering !== undefined
    return {
      events: observer !== undefined || listening,
      frames:
        (observer !== undefined && frames) || [...this.#subscribers].some((one) => one.frames),
    }
  }
}
