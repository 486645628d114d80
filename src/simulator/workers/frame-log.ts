import { closeSync, openSync, writeSync } from 'node:fs'
import { redactFrame } from '../../ocpp/redact.ts'
import type { Clock } from '../../shared/clock.ts'

/** Every frame of this worker's stations as NDJSON, secrets hidden, seen from the station. */
export class FrameLog {
  readonly #clock: Clock
  readonly #file: number
  #lines: string[] = []

  /** @param path opened for appending: the workers of a run share it, each writes whole lines */
  constructor(path: string, clock: Clock) {
    this.#clock = clock
    this.#file = openSync(path, 'a')
  }

  add(station: string, direction: 'out' | 'in', text: string): void {
    const time = new Date(this.#clock.wallMs()).toISOString()
    this.#lines.push(JSON.stringify({ time, station, direction, frame: redactFrame(text) }))
  }

  /** Writes what gathered since. */
  flush(): void {
    if (this.#lines.length === 0) return
    writeSync(this.#file, `${this.#lines.join('\n')}\n`)
    this.#lines = []
  }

  close(): void {
    this.flush()
    closeSync(this.#file)
  }
}
