import type { Finding } from './rpc/findings.ts'

const hidden = '***'
/**
 * Cheap test of the raw text: nearly every frame holds none of these words. Slashes may be escaped,
 * and an escaped letter may be part of any word.
 */
const suspicious =
  /authorizationkey|password|secret|passphrase|simpin|vpnkey|private key|:(?:\\?\/){2}[^/"\s]*@|\\u00[2-7]/i

/**
 * A frame without its secrets: passwords, authorization keys, and credentials in URLs. What cannot
 * be read but may hold one is not shown at all.
 */
export function redactFrame(text: string): string {
  if (!suspicious.test(text)) return text
  try {
    return JSON.stringify(redactValue(JSON.parse(text)))
  } catch {
    return '(not shown: it is not JSON and may hold a password)'
  }
}

/** A finding that may be stored and shown. */
export function redactFinding(finding: Finding): Finding {
  const { detail, frame } = finding
  return { ...finding, detail: redactText(detail), frame: redactFrame(frame) }
}

/** Without the credentials of URLs and without private keys. */
function redactText(text: string): string {
  return text
    .replace(/:\/\/[^/"\s]*@/g, `://${hidden}@`)
    .replace(/-----BEGIN [A-Z ]*PRIVATE KEY-----[^"]*/g, hidden)
}

/** Any JSON value without its secrets, as `redactFrame`. */
export function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return redactText(value)
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  const shown: [string, unknown][] = Object.entries(value).map(([key, inner]) => [
    key,
    holdsSecret(value, key) && holdsText(inner) ? hidden : redactValue(inner),
  ])
  return Object.fromEntries(shown)
}

/** The texts of a JSON value that `redactFrame` would hide: whoever repeats one says it, too. */
export function secretsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(secretsIn)
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) =>
    holdsSecret(value, key) ? textsIn(inner) : secretsIn(inner),
  )
}

function textsIn(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value]
  if (typeof value !== 'object' || value === null) return []
  return Object.values(value).flatMap(textsIn)
}

/** Whether what an object has under a key is a secret. */
function holdsSecret(holder: object, key: string): boolean {
  if (isSecret(key)) return true
  const named = valueKeys.has(key) ? nameOf(holder) : undefined
  if (named !== undefined && isSecret(named)) return true
  // The shared key of a VPN [2.0.1 VPNType].
  return key === 'key' && 'server' in holder && 'user' in holder
}

/** Where a named key or variable carries its value. */
const valueKeys: ReadonlySet<string> = new Set([
  'value',
  'attributeValue',
  'actualValue',
  'variableAttribute',
])

/** What an object says it is the value of: `{key, value}` of 1.6, `{variable: {name}}` of 2.x. */
function nameOf(value: object): string | undefined {
  if ('key' in value && typeof value.key === 'string') return value.key
  if (!('variable' in value) || typeof value.variable !== 'object' || !value.variable) {
    return undefined
  }
  const { variable } = value
  return 'name' in variable && typeof variable.name === 'string' ? variable.name : undefined
}

function holdsText(value: unknown): boolean {
  return value !== null && typeof value !== 'boolean'
}

/**
 * Names of configuration keys and variables whose values are secrets: never stored, never shown.
 * [1.6 SWP A01] [2.0.1 SecurityCtrlr.BasicAuthPassword]
 */
export function isSecret(name: string): boolean {
  return /authorizationkey|password|secret|passphrase|simpin|vpnkey/i.test(name)
}
