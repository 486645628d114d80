import { Problem } from './problem.ts'
import type { Schema } from './schema.ts'

/** One parameter of a query: what the document says of it, and how it is read. */
export interface Parameter<Value> {
  readonly description: string
  readonly schema: Schema
  /** Undefined: the text is no such value. */
  readonly read: (text: string) => Value | undefined
  /** What a text that cannot be read is: `neither true nor false`. */
  readonly otherwise: string
}

export type Parameters = Readonly<Record<string, Parameter<unknown>>>

/** What a query said; undefined where it is silent. */
export type ValuesOf<Known extends Parameters> = {
  readonly [Name in keyof Known]: Known[Name] extends Parameter<infer Value>
    ? Value | undefined
    : never
}

/**
 * Reads a query. Throws a 400 `Problem` for a value that cannot be read, and for a parameter that
 * would be ignored or is given twice.
 */
export function readParameters<const Known extends Parameters>(
  query: URLSearchParams,
  known: Known,
): ValuesOf<Known> {
  const values: Record<string, unknown> = {}
  for (const [name, text] of query) {
    const parameter = Object.hasOwn(known, name) ? known[name] : undefined
    if (!parameter) throw invalid(`There is no parameter "${name}".${hint(Object.keys(known))}`)
    if (Object.hasOwn(values, name)) throw invalid(`"${name}" is given twice.`)
    const value = parameter.read(text)
    if (value === undefined) throw invalid(`${name}=${text} is ${parameter.otherwise}.`)
    values[name] = value
  }
  return values as ValuesOf<Known>
}

function hint(names: readonly string[]): string {
  return names.length > 0 ? ` Known: ${names.join(', ')}.` : ''
}

function invalid(message: string): Problem {
  return new Problem(400, 'INVALID_QUERY', message)
}

/** Any text but the empty one. */
export function textParameter(description: string): Parameter<string> {
  return {
    description,
    schema: { type: 'string', minLength: 1 },
    read: (text) => (text === '' ? undefined : text),
    otherwise: 'empty',
  }
}

/** `true` or `false`. */
export function flagParameter(description: string): Parameter<boolean> {
  return {
    description,
    schema: { type: 'boolean' },
    read: (text) => (text === 'true' ? true : text === 'false' ? false : undefined),
    otherwise: 'neither true nor false',
  }
}

/** A whole number from `least` to `most`. */
export function wholeParameter(
  description: string,
  least: number,
  most = Number.MAX_SAFE_INTEGER,
): Parameter<number> {
  const bounded = most < Number.MAX_SAFE_INTEGER
  return {
    description,
    schema: { type: 'integer', minimum: least, ...(bounded && { maximum: most }) },
    read(text) {
      const value = Number(text)
      return /^\d{1,16}$/.test(text) && value >= least && value <= most ? value : undefined
    },
    otherwise: bounded
      ? `no whole number from ${least} to ${most}`
      : `no whole number from ${least} on`,
  }
}

/** One of these texts. */
export function choiceParameter<const Choice extends string>(
  description: string,
  choices: readonly Choice[],
): Parameter<Choice> {
  return {
    description,
    schema: { type: 'string', enum: choices },
    read: (text) => choices.find((choice) => choice === text),
    otherwise: `none of ${choices.join(', ')}`,
  }
}

/** Some of these names, separated by commas. */
export function namesParameter<const Name extends string>(
  description: string,
  known: readonly Name[],
): Parameter<readonly Name[]> {
  const one = `(${known.join('|')})`
  return {
    description,
    schema: {
      type: 'string',
      pattern: `^${one}(,${one})*$`,
      examples: [known.slice(0, 2).join(',')],
    },
    read(text) {
      const names = text.split(',').map((name) => known.find((other) => other === name))
      const found = names.filter((name) => name !== undefined)
      return found.length === names.length ? found : undefined
    },
    otherwise: `no list of names out of ${known.join(', ')}`,
  }
}

const unitsMs: Readonly<Record<string, number>> = { ms: 1, s: 1_000, min: 60_000 }

/** A time like 500ms, 30s or 2min, in milliseconds. */
export function timeParameter(description: string, longestMs: number): Parameter<number> {
  return {
    description,
    schema: { type: 'string', pattern: '^\\d+(\\.\\d+)?(ms|s|min)$', examples: ['30s'] },
    read(text) {
      const match = /^(\d+(?:\.\d+)?)(ms|s|min)$/.exec(text)
      const time = Number(match?.[1]) * (unitsMs[match?.[2] ?? ''] ?? Number.NaN)
      return time > 0 && time <= longestMs ? time : undefined
    },
    otherwise: 'no time like 500ms, 30s or 2min',
  }
}

/** An instant of RFC 3339, in milliseconds since the Unix epoch. */
export function instantParameter(description: string): Parameter<number> {
  return {
    description,
    schema: { type: 'string', examples: ['2026-01-01T00:00:00Z'] },
    read(text) {
      const value = Date.parse(text)
      return /^\d{4}-\d\d-\d\dT/.test(text) && Number.isFinite(value) ? value : undefined
    },
    otherwise: 'no instant like 2026-01-01T00:00:00Z',
  }
}
