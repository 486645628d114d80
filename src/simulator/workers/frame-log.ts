import { appendFileSync, closeSync, openSync } from 'node:fs'
import { redactFrame } from '../../ocpp/redact.ts'
import type { Clock } from '../../shared/clock.ts'
import { messageOf } from '../../shared/errors.ts'

/** Every frame of this worker's stations as NDJSON, secrets hidden, seen from the station. */
export class FrameLog {
  readonly #path: string
  readonly #clock: Clock
  readonly #failed: (reason: string) => void
  #file: number | undefined
  #over = false
  #lines: string[] = []

  /**
   * @param path opened for appending: the workers of a run share it, each writes whole lines
   * @param failed called once, when frames can no longer be kept; the stations go on
   */
  constructor(path: string, clock: Clock, failed: (reason: string) => void) {
    this.#path = path
    this.#clock = clock
    this.#failed = failed
  }

  add(station: string, direction: 'out' | 'in', text: string): void {
    if (this.#over) return
    const time = new Date(this.#clock.wallMs()).toISOString()
    this.#lines.push(JSON.stringify({ time, station, direction, frame: redactFrame(text) }))
  }

  /** Writes what gathered since. */
  flush(): void {
    if (this.#lines.length === 0) return
    const text = `${this.#lines.join('\n')}\n`
    this.#lines = []
    try {
      this.#file ??= openSync(this.#path, 'a')
      appendFileSync(this.#file, text)
    } catch (error) {
      this.#over = true
      const reason = messageOf(error)
      this.#failed(`frames could not be kept: ${reason}`)
    }
  }

  close(): void {
    this.flush()
    this.#over = true
    if (this.#file !== undefined) closeSync(this.#file)
  }
}
