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

/** Everything that was seen while a case was played, in order. */
export class Trace {
  readonly entries: TraceEntry[] = []
  readonly #nowMs: () => number

  /** @param nowMs milliseconds since the case began */
  constructor(nowMs: () => number) {
    this.#nowMs = nowMs
  }

  /** To the index of the entry. */
  frame(from: TraceSide, text: string): number {
    return this.#add(from, 'frame', redactFrame(text).slice(0, longestText))
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
