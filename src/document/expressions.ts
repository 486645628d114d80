import { isoTime } from '../shared/clock.ts'
import type { Scalar } from './source-node.ts'
import { parseQuantity } from './units.ts'

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

/** `+10min`, `-1h30min`: an instant so much later or earlier. */
const shift = String.raw`[+-](?:\d+(?:\.\d+)?(?:d|h|min|s|ms))+`
const named = String.raw`([A-Za-z_][\w.]*)(${shift})?`

/**
 * `{name}`, `{name:05}` and `{now+10min}` are placeholders, `{{name}}` is the text `{name}`; any other
 * brace stands for itself, so that JSON needs no escapes.
 */
const placeholder = new RegExp(
  String.raw`\{\{([A-Za-z_][\w.]*(?:${shift})?(?::[^{}]*)?)\}\}|\{${named}(?::([^{}]*))?\}`,
  'g',
)
const onlyPlaceholder = new RegExp(String.raw`^\{${named}\}$`)
const widthShape = /^\d{1,2}$/

/** A placeholder as it stands in a text. */
export interface TemplateUse {
  readonly name: string
  /** `+10min`; undefined without one. */
  readonly shift: string | undefined
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
    const [whole, , , by, format] = match
    uses.push({ name, shift: by, format, offset: match.index, length: whole.length })
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
  return text.replace(placeholder, (_whole, escaped, name, by, format) => {
    if (typeof escaped === 'string') return `{${escaped}}`
    const value = found(String(name), typeof by === 'string' ? by : undefined, lookup)
    const shown = typeof value === 'string' ? value : JSON.stringify(value)
    return format === undefined ? shown : shown.padStart(Number(format), '0')
  })
}

/** Fills in every text of a JSON value; `"{tx}"` alone becomes the raw value. Throws `MissingValue`. */
export function renderValue(value: unknown, lookup: Lookup): unknown {
  if (typeof value === 'string') {
    const only = onlyPlaceholder.exec(value)
    return only ? found(only[1] ?? '', only[2], lookup) : renderText(value, lookup)
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
  const [, onlyName, onlyShift] = onlyPlaceholder.exec(text) ?? []
  const only = onlyShift === undefined ? lookup(onlyName ?? '') : undefined
  if (only) return only
  const filled = text.replace(placeholder, (whole, _escaped, name, by, format, offset) => {
    // `${name}` that is still there was written `$${name}`.
    const isOther = text[Number(offset) - 1] === '$' || by !== undefined
    const known = typeof name === 'string' && !isOther ? lookup(name) : undefined
    if (!known) return whole
    return isFormat(String(format)) ? known.text.padStart(Number(format), '0') : known.text
  })
  return { value: filled, text: filled }
}

function found(name: string, by: string | undefined, lookup: Lookup): unknown {
  const value = lookup(name)
  if (value === undefined) throw new MissingValue(name)
  return by === undefined ? value : shifted(name, value, by)
}

function shifted(name: string, value: unknown, by: string): string {
  const ms = typeof value === 'string' ? Date.parse(value) : Number.NaN
  const distance = parseQuantity(by.slice(1))?.value
  const atMs = distance === undefined ? Number.NaN : ms + (by.startsWith('-') ? -1 : 1) * distance
  // No date either where it is too far away for one.
  if (Number.isNaN(new Date(atMs).getTime())) throw new MissingValue(name + by)
  return isoTime(atMs)
}
