import type { Output } from './context.ts'

/** Characters that are held at most. */
const mostHeld = 64 * 1024

/**
 * What is written within one turn of the event loop goes out as one piece: to a file or a pipe each
 * write is a system call that the loop waits for, 6 % of a busy `serve` whose events are logged line by line.
 */
export class GatheredOutput implements Output {
  readonly isTTY = false
  readonly #sink: (text: string) => void
  readonly #atTurnsEnd: (fn: () => void) => void
  #held = ''

  constructor(sink: (text: string) => void, atTurnsEnd: (fn: () => void) => void) {
    this.#sink = sink
    this.#atTurnsEnd = atTurnsEnd
  }

  write(text: string): void {
    if (this.#held === '') this.#atTurnsEnd(() => this.flush())
    this.#held += text
    if (this.#held.length >= mostHeld) this.flush()
  }

  /** Before the process ends, and before another stream says what came later. */
  flush(): void {
    const text = this.#held
    this.#held = ''
    if (text !== '') this.#sink(text)
  }
}
