const step = /\.([A-Za-z_]\w*)|\[(\d+)\]/y

/**
 * Reads `$.a.b[0].c` into its steps; undefined where it is not such a path. `$` alone is the whole
 * value.
 */
export function parseJsonPath(text: string): readonly (string | number)[] | undefined {
  if (!text.startsWith('$')) return undefined
  const steps: (string | number)[] = []
  step.lastIndex = 1
  while (step.lastIndex < text.length) {
    const match = step.exec(text)
    if (!match) return undefined
    steps.push(match[1] ?? Number(match[2]))
  }
  return steps
}

/** The value at the path; undefined where there is none. */
export function valueAt(value: unknown, steps: readonly (string | number)[]): unknown {
  let at = value
  for (const key of steps) {
    if (typeof at !== 'object' || at === null || !Object.prototype.hasOwnProperty.call(at, key)) {
      return undefined
    }
    at = (at as Readonly<Record<string | number, unknown>>)[key]
  }
  return at
}
