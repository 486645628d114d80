import type Plot from 'uplot'
import { showPlace } from './format.ts'

interface Span {
  readonly min: number
  readonly max: number
}

/** What the charts over time show: the same seconds, all of them. */
export class Zoom {
  readonly #plots = new Set<Plot>()
  readonly #button = document.querySelector<HTMLButtonElement>('[data-zoom-out]')
  #span: Span | undefined

  constructor() {
    this.#button?.addEventListener('click', () => this.show(undefined))
  }

  join(plot: Plot): void {
    this.#plots.add(plot)
  }

  leave(plot: Plot): void {
    this.#plots.delete(plot)
  }

  /** @param span seconds; undefined shows the whole run */
  show(span: Span | undefined): void {
    this.#span = span
    this.#tell()
    for (const plot of this.#plots) this.apply(plot)
  }

  #tell(): void {
    if (!this.#button) return
    this.#button.hidden = this.#span === undefined
    if (!this.#span) return
    const { min, max } = this.#span
    this.#button.textContent = `${showPlace(min, 'time')} to ${showPlace(max, 'time')}: see all again`
  }

  apply(plot: Plot): void {
    const span = this.#span ?? wholeOf(plot)
    plot.setScale('x', { min: span.min, max: span.max })
  }
}

function wholeOf(plot: Plot): Span {
  const at = plot.data[0] ?? []
  const min = at[0] ?? 0
  const max = at[at.length - 1] ?? min
  return max > min ? { min, max } : { min: min - 1, max: max + 1 }
}
