import { redactFrame } from '../ocpp/redact.ts'
import { type Clock, isoTime } from '../shared/clock.ts'

/** Seen from the management system. */
export type Direction = 'in' | 'out'

/** A frame as it went over the wire, without its secrets. */
export interface LoggedMessage {
  /** Real time, RFC 3339. */
  readonly at: string
  readonly stationId: string
  readonly direction: Direction
  /** 2 CALL, 3 CALLRESULT, 4 CALLERROR, 5 CALLRESULTERROR, 6 SEND; 0: no frame. */
  readonly messageType: number
  readonly messageId: string | undefined
  /** Of an answer: that of its CALL, where that is still known. */
  readonly action: string | undefined
  readonly text: string
}

export interface MessageFilter {
  readonly stationId: string | undefined
  readonly action: string | undefined
  readonly direction: Direction | undefined
  /** Milliseconds since the Unix epoch. */
  readonly sinceMs: number | undefined
  /** The latest so many. */
  readonly limit: number
}

/** A place of the ring: written again and again, so that a message costs no allocation. */
interface Entry {
  atMs: number
  stationId: string
  direction: Direction
  text: string
}

/** All texts together hold at most so many characters. */
const mostCharacters = 16 * 1024 * 1024

/**
 * The latest messages of a process, so many and no more. Adding one costs a place in a ring; what a
 * frame is and whether it holds a secret is found out when somebody asks.
 */
export class MessageLog {
  readonly #clock: Clock
  readonly #capacity: number
  readonly #mostCharacters: number
  /** The message `n` is at the place `n` modulo the capacity. */
  readonly #ring: Entry[] = []
  /** Messages from here on ... */
  #first = 0
  /** ... to before here are kept. */
  #next = 0
  #characters = 0

  /** @param clock real time */
  constructor(clock: Clock, capacity: number, characters = mostCharacters) {
    this.#clock = clock
    this.#capacity = capacity
    this.#mostCharacters = characters
  }

  add(stationId: string, direction: Direction, text: string): void {
    if (this.#next - this.#first === this.#capacity) this.#drop()
    const atMs = this.#clock.wallMs()
    const place = this.#ring[this.#next % this.#capacity]
    if (place) {
      place.atMs = atMs
      place.stationId = stationId
      place.direction = direction
      place.text = text
    } else {
      this.#ring.push({ atMs, stationId, direction, text })
    }
    this.#next += 1
    this.#characters += text.length
    while (this.#characters > this.#mostCharacters && this.#next - this.#first > 1) this.#drop()
  }

  /** Forgets the oldest, and lets go of its text at once. */
  #drop(): void {
    const place = this.#ring[this.#first % this.#capacity]
    if (place) {
      this.#characters -= place.text.length
      place.text = ''
    }
    this.#first += 1
  }

  /** In the order in which they went over the wire. */
  find({ stationId, action, direction, sinceMs = 0, limit }: MessageFilter): LoggedMessage[] {
    /** Of CALLs so far: their answers do not name it. */
    const actions = new Map<string, string>()
    const found: Found[] = []
    for (let at = this.#first; at < this.#next; at += 1) {
      const entry = this.#ring[at % this.#capacity]
      if (!entry || (stationId !== undefined && entry.stationId !== stationId)) continue
      const head = headOf(entry.text)
      const own = actionOf(entry, head, actions)
      if (action !== undefined && own !== action) continue
      if (direction !== undefined && entry.direction !== direction) continue
      if (entry.atMs >= sinceMs) found.push({ entry, head, action: own })
    }
    return found.slice(-limit).map(shown)
  }
}

interface Head {
  readonly messageType: number
  readonly messageId: string | undefined
  readonly action: string | undefined
}

interface Found {
  readonly entry: Entry
  readonly head: Head
  readonly action: string | undefined
}

function shown({ entry, head, action }: Found): LoggedMessage {
  const { atMs, stationId, direction, text } = entry
  const { messageType, messageId } = head
  const at = isoTime(atMs)
  return { at, stationId, direction, messageType, messageId, action, text: redactFrame(text) }
}

/** Of a CALL its own, of an answer that of the CALL of the other direction. */
function actionOf(
  { stationId, direction }: Entry,
  { messageId, action }: Head,
  actions: Map<string, string>,
): string | undefined {
  const key = `${messageId ?? ''} ${stationId}`
  if (action === undefined) return actions.get(`${direction === 'in' ? 'out' : 'in'} ${key}`)
  actions.set(`${direction} ${key}`, action)
  return action
}

/** Type, message id and, of a CALL or SEND, the action: without parsing the payload. */
function headOf(text: string): Head {
  const match = /^\s*\[\s*(\d)\s*,\s*"((?:[^"\\]|\\.)*)"\s*,\s*(?:"(\w+)"\s*,)?/.exec(
    text.slice(0, 300),
  )
  const messageType = Number(match?.[1] ?? 0)
  if (!match || messageType < 2 || messageType > 6) {
    return { messageType: 0, messageId: undefined, action: undefined }
  }
  const names = messageType === 2 || messageType === 6
  return { messageType, messageId: match[2], action: names ? match[3] : undefined }
}
