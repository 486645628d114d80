/** The colours of the theme that is on: a canvas cannot ask the style sheet. */
export class Colours {
  readonly #style = getComputedStyle(document.documentElement)

  /** @param name as in the sheet, without the dashes */
  of(name: string): string {
    return this.#style.getPropertyValue(`--${name}`).trim()
  }
}
