import { Problem } from './problem.ts'

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000 }
/** Nobody holds a request longer; longer commands are sent again. */
const longestWaitMs = 10 * 60_000

/** `?wait=30s`, in milliseconds; undefined where it is not given. Throws a 400 `Problem`. */
export function waitOf(query: URLSearchParams): number | undefined {
  const text = query.get('wait')
  if (text === null) return undefined
  const match = /^(\d+(?:\.\d+)?)(ms|s|min)$/.exec(text)
  const wait = Number(match?.[1]) * (unitsMs[match?.[2] ?? ''] ?? Number.NaN)
  if (wait > 0 && wait <= longestWaitMs) return wait
  throw new Problem(400, 'INVALID_QUERY', `wait=${text} is no time like 500ms, 30s or 2min.`)
}

/** A whole number of at least `least`; undefined where it is not given. Throws a 400 `Problem`. */
export function wholeNumber(
  query: URLSearchParams,
  name: string,
  least: number,
): number | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  const value = Number(text)
  if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value
  throw new Problem(400, 'INVALID_QUERY', `${name}=${text} is no whole number from ${least} on.`)
}

/** `true` or `false`; undefined where it is not given. Throws a 400 `Problem`. */
export function flag(query: URLSearchParams, name: string): boolean | undefined {
  const text = query.get(name)
  if (text === null) return undefined
  if (text === 'true' || text === 'false') return text === 'true'
  throw new Problem(400, 'INVALID_QUERY', `${name}=${text} is neither true nor false.`)
}

/** Refuses parameters that would be ignored. Throws a 400 `Problem`. */
export function onlyParameters(query: URLSearchParams, ...known: readonly string[]): void {
  for (const name of query.keys()) {
    if (known.includes(name)) continue
    const hint = known.length > 0 ? ` Known: ${known.join(', ')}.` : ''
    throw new Problem(400, 'INVALID_QUERY', `There is no parameter "${name}".${hint}`)
  }
}
