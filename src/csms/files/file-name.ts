/** Leaves room for a number before the ending, and for `.part` after it. */
const longestName = 120

/**
 * A name from the network as a name of this machine: one segment, harmless characters, no hidden
 * file, no device of Windows. Undefined where nothing is left of it.
 */
export function safeName(given: string): string | undefined {
  const last = given.split(/[/\\]/).pop() ?? ''
  const harmless = last
    .normalize('NFC')
    .replace(/[^A-Za-z0-9._-]+/g, '_')
    .replace(/^[._-]+/, '')
    .slice(0, longestName)
    .replace(/\.+$/, '')
  if (harmless === '') return undefined
  return /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i.test(harmless) ? `_${harmless}` : harmless
}

/** `log.txt` as `log-2.txt`. */
export function numbered(name: string, number: number): string {
  if (number === 1) return name
  const dot = name.lastIndexOf('.')
  return dot > 0 ? `${name.slice(0, dot)}-${number}${name.slice(dot)}` : `${name}-${number}`
}
