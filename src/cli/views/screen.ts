/** What a screen is drawn on. */
export interface Canvas {
  write(text: string): void
}

const begin = '\u001B[?1049h\u001B[?25l\u001B[?7l\u001B[2J'
/** Leaves the terminal as it was found: wraps lines, shows the cursor, shows what was there before. */
export const restore = '\u001B[0m\u001B[?7h\u001B[?25h\u001B[?1049l'
/** Between these a terminal that knows them shows nothing half-drawn. */
const hold = '\u001B[?2026h'
const show = '\u001B[?2026l'
const restOfLine = '\u001B[K'
const everything = '\u001B[2J'
/** Every so many frames all lines are drawn again, over whatever somebody else wrote in between. */
const healsEvery = 20

/**
 * Draws lines onto the terminal's other screen, so that nothing of them is left behind. Writes only
 * lines that changed, each to its place, and never a line feed: nothing scrolls.
 */
export class Screen {
  readonly #canvas: Canvas
  #lines: readonly string[] = []
  #frames = 0

  constructor(canvas: Canvas) {
    this.#canvas = canvas
    canvas.write(begin)
  }

  draw(lines: readonly string[]): void {
    let changes = ''
    this.#frames += 1
    const heals = this.#frames % healsEvery === 0
    for (let row = 0; row < Math.max(lines.length, this.#lines.length); row += 1) {
      const line = lines[row] ?? ''
      if (heals || line !== (this.#lines[row] ?? '')) {
        changes += `\u001B[${row + 1};1H${line}${restOfLine}`
      }
    }
    this.#lines = lines
    if (changes !== '') this.#canvas.write(hold + changes + show)
  }

  /** The terminal has another size: whatever it made of the old lines is wiped. */
  resized(): void {
    this.#lines = []
    this.#canvas.write(everything)
  }

  close(): void {
    this.#canvas.write(restore)
  }
}
