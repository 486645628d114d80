import type { Scalar } from './source-node.ts'

/** Looks up a name of a template; undefined where there is none. */
export type Lookup = (name: string) => unknown

/** Thrown where a template names a value that is not there (yet). */
export class MissingValue extends Error {
  readonly placeholder: string

  constructor(placeholder: string) {
    super(`there is no value for "{${placeholder}}"`)
    this.name = 'MissingValue'
    this.placeholder = placeholder
  }
}

/**
 * `{name}` and `{name:05}` are placeholders, `{{name}}` is the text `{name}`; any other brace stands
 * for itself, so that JSON needs no escapes.
 */
const placeholder = /\{\{([A-Za-z_][\w.]*(?::[^{}]*)?)\}\}|\{([A-Za-z_][\w.]*)(?::([^{}]*))?\}/g
const onlyPlaceholder = /^\{([A-Za-z_][\w.]*)\}$/
const widthShape = /^\d{1,2}$/

/** A placeholder as it stands in a text. */
export interface TemplateUse {
  readonly name: string
  /** After the colon; undefined without one. */
  readonly format: string | undefined
  readonly offset: number
  readonly length: number
}

/** The placeholders of a text, in order. */
export function templateUses(text: string): readonly TemplateUse[] {
  const uses: TemplateUse[] = []
  for (const match of text.matchAll(placeholder)) {
    const name = match[2]
    if (name === undefined) continue
    uses.push({ name, format: match[3], offset: match.index, length: match[0].length })
  }
  return uses
}

/** Formats are widths: `{index:05}` pads with zeros to five digits. */
export function isFormat(format: string): boolean {
  return widthShape.test(format)
}

/** Fills a text in. Throws `MissingValue`. */
export function renderText(text: string, lookup: Lookup): string {
  if (!text.includes('{')) return text
  return text.replace(placeholder, (_whole, escaped, name, format) => {
    if (typeof escaped === 'string') return `{${escaped}}`
    const value = found(String(name), lookup)
    const shown = typeof value === 'string' ? value : JSON.stringify(value)
    return format === undefined ? shown : shown.padStart(Number(format), '0')
  })
}

/** Fills in every text of a JSON value; `"{tx}"` alone becomes the raw value. Throws `MissingValue`. */
export function renderValue(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') {
    const only = onlyPlaceholder.exec(value)
    return only ? found(only[1] ?? '', lookup) : renderText(value, lookup)
  }
  if (Array.isArray(value)) return value.map((item) => renderValue(item, lookup))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, renderValue(one, lookup)]),
  )
}

/** A value to fill in for a name. */
interface Filling {
  readonly value: Scalar
  readonly text: string
}

/**
 * Fills in the names that `lookup` knows and leaves the others for later; a text that is nothing but
 * `{name}` becomes the value itself.
 */
export function fillVars(text: string, lookup: (name: string) => Filling | undefined): Filling {
  const only = lookup(onlyPlaceholder.exec(text)?.[1] ?? '')
  if (only) return only
  const filled = text.replace(placeholder, (whole, _escaped, name, format, offset) => {
    // `${name}` that is still there was written `$${name}`.
    const isOther = text[Number(offset) - 1] === '$'
    const known = typeof name === 'string' && !isOther ? lookup(name) : undefined
    if (!known) return whole
    return isFormat(String(format)) ? known.text.padStart(Number(format), '0') : known.text
  })
  return { value: filled, text: filled }
}

function found(name: string, lookup: Lookup): unknown {
  const value = lookup(name)
  if (value === undefined) throw new MissingValue(name)
  return value
}
