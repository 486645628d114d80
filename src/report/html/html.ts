/** Markup that is safe as it stands: made by `html` alone, so that nothing gets in unescaped. */
export class Html {
  readonly #markup: string

  /** @param markup written by us, never by a scenario or a peer */
  constructor(markup: string) {
    this.#markup = markup
  }

  toString(): string {
    return this.#markup
  }
}

type Part = Html | string | number | readonly Part[]

/** A template whose values are escaped unless they are `Html` themselves; arrays are joined. */
export function html(texts: TemplateStringsArray, ...values: readonly Part[]): Html {
  let markup = texts[0] ?? ''
  values.forEach((value, at) => {
    markup += `${markupOf(value)}${texts[at + 1] ?? ''}`
  })
  return new Html(markup)
}

/** Nothing, where there is nothing to show. */
export const nothing = new Html('')

function markupOf(part: Part): string {
  if (part instanceof Html) return part.toString()
  if (typeof part === 'string') return escaped(part)
  return typeof part === 'number' ? String(part) : part.map(markupOf).join('')
}

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/**
 * `text` for an element or a quoted attribute. What would reorder the text around it, or is no text
 * at all, is shown as a dot.
 */
function escaped(text: string): string {
  return text
    .replace(unprintable, '·')
    .replace(/[&<>"']/g, (character) => entities[character] ?? '')
}

/** Controls other than tab and line feed, bidirectional marks, and halves of surrogate pairs. */
const unprintable = /(?![\t\n])[\p{Cc}\p{Cs}\u200e\u200f\u2028-\u202e\u2066-\u2069]/gu

/** `value` for the inside of a `<script type="application/json">`, which ends at `</script`. */
export function jsonData(value: unknown): Html {
  return new Html(JSON.stringify(value).replace(/</g, '\\u003c'))
}
