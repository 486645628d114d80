import type { Finding } from './rpc/findings.ts'

const hidden = '***'
/** Cheap test of the raw text: nearly every frame holds none of these words. */
const suspicious = /authorizationkey|password|secret|passphrase|:\/\/[^/"\s]*@/i

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

export function redactFinding(finding: Finding): Finding {
  if (!suspicious.test(finding.frame)) return finding
  return { ...finding, frame: redactFrame(finding.frame) }
}

/** Any JSON value without its secrets. */
function redactValue(value: unknown): unknown {
  if (typeof value === 'string') return value.replace(/:\/\/[^/"\s]*@/g, `://${hidden}@`)
  if (Array.isArray(value)) return value.map(redactValue)
  if (typeof value !== 'object' || value === null) return value
  const named = nameOf(value)
  const shown: [string, unknown][] = Object.entries(value).map(([key, inner]) => {
    const secret = isSecret(key) || (valueKeys.has(key) && named !== undefined && isSecret(named))
    return [key, secret && isPlain(inner) ? hidden : redactValue(inner)]
  })
  return Object.fromEntries(shown)
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

function isPlain(value: unknown): boolean {
  return typeof value === 'string' || typeof value === 'number' || Array.isArray(value)
}

/**
 * Names of configuration keys and variables whose values are secrets: never stored, never shown.
 * [security whitepaper A01] [2.0.1 SecurityCtrlr.BasicAuthPassword]
 */
export function isSecret(name: string): boolean {
  return /authorizationkey|password|secret|passphrase/i.test(name)
}
