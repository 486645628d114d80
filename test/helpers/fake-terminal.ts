import type { Terminal } from '../../src/cli/context.ts'

interface Size {
  readonly columns: number
  readonly rows: number
}

/** A terminal that only remembers. */
export class FakeTerminal implements Terminal {
  readonly colour = false
  readonly unicode = true
  columns: number
  rows: number
  /** Everything since the last `clear`. */
  written = ''
  /** How often something was drawn since then. */
  draws = 0
  /** What is to be written should the process end now. */
  held: string | undefined
  readonly #resized = new Set<() => void>()
  readonly #pressed = new Set<(key: string) => void>()

  constructor({ columns, rows }: Size) {
    this.columns = columns
    this.rows = rows
  }

  /** Whoever still listens to it. */
  get listeners(): number {
    return this.#resized.size + this.#pressed.size
  }

  write(text: string): void {
    this.written += text
    if (text.includes('\u001B[?2026h')) this.draws += 1
  }

  onResize(fn: () => void): () => void {
    this.#resized.add(fn)
    return () => this.#resized.delete(fn)
  }

  readonly keys = (pressed: (key: string) => void): (() => void) => {
    this.#pressed.add(pressed)
    return () => this.#pressed.delete(pressed)
  }

  hold(restore: string): () => void {
    this.held = restore
    return () => {
      this.held = undefined
    }
  }

  press(key: string): void {
    for (const fn of this.#pressed) fn(key)
  }

  resize({ columns, rows }: Size): void {
    this.columns = columns
    this.rows = rows
    for (const fn of this.#resized) fn()
  }

  clear(): void {
    this.written = ''
    this.draws = 0
  }
}
