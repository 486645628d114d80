import { redactFrame } from '../../ocpp/redact.ts'

export type TraceSide = 'station' | 'csms'

/** A line of what went over the wires of a case. */
export interface TraceEntry {
  /** Milliseconds since the case began. */
  readonly atMs: number
  readonly from: TraceSide
  /** A frame, or what happened to the connection in its place. */
  readonly kind: 'frame' | 'open' | 'refused' | 'close' | 'ping'
  /** Of a frame its text, without secrets; else a sentence. */
  readonly text: string
}

/** At most so many frames of one case are kept: a CSMS that floods fills no memory. */
const longestTrace = 5000
/** Of a frame, characters. */
const longestText = 64 * 1024
/** Of all frames of one case, characters; of those after it only the beginning is kept. */
const mostText = 4 * 1024 * 1024
const beginning = 200

/** Everything that was seen while a case was played, in order. */
export class Trace {
  readonly entries: TraceEntry[] = []
  readonly #nowMs: () => number
  #kept = 0

  /** @param nowMs milliseconds since the case began */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** To the index of the entry. */
  frame(from: TraceSide, text: string): number {
    const most = this.#kept < mostText ? longestText : beginning
    const shown = redactFrame(text).slice(0, most)
    this.#kept += shown.length
    return this.#add(from, 'frame', shown)
  }

  note(from: TraceSide, kind: Exclude<TraceEntry['kind'], 'frame'>, text: string): number {
    return this.#add(from, kind, text)
  }

  #add(from: TraceSide, kind: TraceEntry['kind'], text: string): number {
    if (this.entries.length < longestTrace) {
      this.entries.push({ atMs: this.#nowMs(), from, kind, text })
    }
    return this.entries.length - 1
  }
}
