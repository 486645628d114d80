import { parseJsonPath, valueAt } from '../../ocpp/matchers/json-path.ts'

/** What templates may name: `{{station}}`, `{{payload.idTag}}`. */
export type TemplateValues = Readonly<Record<string, unknown>>

const placeholder = /\{\{\s*([A-Za-z_][\w.[\]]*)\s*\}\}/g
const onlyPlaceholder = /^\{\{\s*([A-Za-z_][\w.[\]]*)\s*\}\}$/

/** The names that a text wants filled in. */
export function templateNames(text: string): readonly string[] {
  return [...text.matchAll(placeholder)].map(([, name = '']) => name)
}

/**
 * Fills in a text. What nobody has becomes nothing.
 *
 * @param encode what is done to each value: `encodeURIComponent` in URLs
 */
export function fillText(
  text: string,
  values: TemplateValues,
  encode: (value: string) => string = (value) => value,
): string {
  return text.replace(placeholder, (_whole, name: string) => {
    const value = lookUp(values, name)
    if (value === undefined) return ''
    return encode(typeof value === 'string' ? value : JSON.stringify(value))
  })
}

/**
 * Fills in every text of a JSON value. `"{{payload.connectorId}}"` alone keeps the kind of the value;
 * a key whose value nobody has is left out, so that optional fields of a payload need no word.
 */
export function fillValue(template: unknown, values: TemplateValues): unknown {
  if (typeof template === 'string') {
    const only = onlyPlaceholder.exec(template)?.[1]
    return only === undefined ? fillText(template, values) : lookUp(values, only)
  }
  if (Array.isArray(template)) {
    return template.map((item) => fillValue(item, values)).filter((item) => item !== undefined)
  }
  if (typeof template !== 'object' || template === null) return template
  const filled = Object.entries(template).map(
    ([key, one]) => [key, fillValue(one, values)] as const,
  )
  return Object.fromEntries(filled.filter(([, value]) => value !== undefined))
}

function lookUp(values: TemplateValues, name: string): unknown {
  const path = parseJsonPath(`$.${name}`)
  return path && valueAt(values, path)
}
