/** Where and how a value is not what a scenario expects. */
export interface Mismatch {
  /** `$.idTagInfo.status` */
  readonly path: string
  readonly expected: string
  readonly actual: string
}

interface Operator {
  /** For messages: `a value that matches /x/`. */
  describe(operand: unknown): string
  /** Why the operand is wrong in the file; undefined if it is sound. */
  check(operand: unknown): string | undefined
  matches(operand: unknown, actual: unknown): boolean
}

const anyValue = '$any'
const absent = '$absent'

const isText = (operand: unknown): operand is string => typeof operand === 'string'
const isList = (operand: unknown): operand is readonly unknown[] => Array.isArray(operand)
const isRange = (operand: unknown): operand is readonly [number, number] =>
  isList(operand) && operand.length === 2 && operand.every((end) => typeof end === 'number')

/** What a matcher can say beyond "is this value": `{$regex: "^A"}`. */
const operators: Readonly<Record<string, Operator>> = {
  $regex: {
    describe: (operand) => `text that matches /${String(operand)}/`,
    check: (operand) => (isText(operand) && compiles(operand) ? undefined : 'a regular expression'),
    matches: (operand, actual) =>
      isText(operand) && isText(actual) && new RegExp(operand, 'u').test(actual),
  },
  $between: {
    describe: (operand) => `a number within ${show(operand)}`,
    check: (operand) => (isRange(operand) ? undefined : 'two numbers, [low, high]'),
    matches: (operand, actual) =>
      isRange(operand) &&
      typeof actual === 'number' &&
      actual >= operand[0] &&
      actual <= operand[1],
  },
  $oneOf: {
    describe: (operand) => `one of ${show(operand)}`,
    check: (operand) => (isList(operand) && operand.length > 0 ? undefined : 'a list of values'),
    matches: (operand, actual) =>
      isList(operand) && operand.some((one) => mismatch(one, actual) === undefined),
  },
  $not: {
    describe: (operand) => `anything but ${describe(operand)}`,
    check: (operand) => checkMatcher(operand)?.wants,
    matches: (operand, actual) => mismatch(operand, actual) !== undefined,
  },
  $contains: {
    describe: (operand) => `a list with ${describe(operand)} in it`,
    check: (operand) => checkMatcher(operand)?.wants,
    matches: (operand, actual) =>
      isList(actual) && actual.some((one) => mismatch(operand, one) === undefined),
  },
  $length: {
    describe: (operand) => `a list or text of length ${show(operand)}`,
    check: (operand) => (Number.isInteger(operand) ? undefined : 'a whole number'),
    matches: (operand, actual) => (isList(actual) || isText(actual)) && actual.length === operand,
  },
}

/** All words with a meaning of their own, for suggestions. */
export const matcherWords: readonly string[] = [anyValue, absent, ...Object.keys(operators)]

export interface MatcherFault {
  /** The word that is wrong, as it stands in the file. */
  readonly word: string
  /** What it wants instead; undefined where the word itself is unknown. */
  readonly wants: string | undefined
}

/** What is wrong with a matcher as written; undefined if it is sound. */
export function checkMatcher(matcher: unknown): MatcherFault | undefined {
  if (isText(matcher)) {
    const known = !matcher.startsWith('$') || matcher === anyValue || matcher === absent
    return known ? undefined : { word: matcher, wants: undefined }
  }
  if (typeof matcher !== 'object' || matcher === null) return undefined
  if (isList(matcher)) return firstFault(matcher)
  for (const [key, operand] of Object.entries(matcher)) {
    if (!key.startsWith('$')) continue
    const operator = own(operators, key)
    if (!operator) return { word: key, wants: undefined }
    const wants = operator.check(operand)
    if (wants !== undefined) return { word: key, wants }
    if (Object.keys(matcher).length > 1) return { word: key, wants: 'to stand alone' }
  }
  return firstFault(Object.values(matcher))
}

function firstFault(values: readonly unknown[]): MatcherFault | undefined {
  for (const value of values) {
    const fault = checkMatcher(value)
    if (fault) return fault
  }
  return undefined
}

/**
 * Compares a value with a matcher: objects may have more keys than asked for, lists are compared
 * item by item, `$any` is any value that is there, `$absent` none.
 */
export function mismatch(matcher: unknown, actual: unknown, path = '$'): Mismatch | undefined {
  const differs = () => ({ path, expected: describe(matcher), actual: show(actual) })
  if (actual === undefined) return takesNothing(matcher) ? undefined : differs()
  if (matcher === absent) return differs()
  if (matcher === anyValue) return undefined
  if (typeof matcher !== 'object' || matcher === null) {
    return matcher === actual ? undefined : differs()
  }
  if (isList(matcher)) {
    if (!isList(actual) || actual.length !== matcher.length) return differs()
    return firstMismatch(matcher.map((one, i) => mismatch(one, actual[i], `${path}[${i}]`)))
  }
  const [key = '', operand] = Object.entries(matcher)[0] ?? []
  const operator = own(operators, key)
  if (operator) return operator.matches(operand, actual) ? undefined : differs()
  if (typeof actual !== 'object' || actual === null || isList(actual)) return differs()
  return firstMismatch(
    Object.entries(matcher).map(([name, one]) =>
      mismatch(one, own(actual, name), `${path}.${name}`),
    ),
  )
}

/** `$absent`, or one of several that it may be. */
function takesNothing(matcher: unknown): boolean {
  if (typeof matcher !== 'object' || matcher === null) return matcher === absent
  const { $oneOf: several } = matcher as { readonly $oneOf?: unknown }
  return isList(several) && several.some(takesNothing)
}

function firstMismatch(found: readonly (Mismatch | undefined)[]): Mismatch | undefined {
  return found.find((one) => one !== undefined)
}

/** `$.status: expected "Accepted", got "Rejected"` */
export function mismatchText({ path, expected, actual }: Mismatch): string {
  return `${path}: expected ${expected}, got ${actual}`
}

function describe(matcher: unknown): string {
  if (matcher === absent) return 'nothing'
  if (matcher === anyValue) return 'any value'
  if (typeof matcher === 'object' && matcher !== null && !isList(matcher)) {
    const [key = '', operand] = Object.entries(matcher)[0] ?? []
    const operator = own(operators, key)
    if (operator) return operator.describe(operand)
  }
  return show(matcher)
}

/** How much of a value a message shows. */
const shownLength = 80

function show(value: unknown): string {
  if (value === undefined) return 'nothing'
  const text = JSON.stringify(value)
  return text.length > shownLength ? `${text.slice(0, shownLength)}…` : text
}

function compiles(source: string): boolean {
  try {
    new RegExp(source, 'u')
    return true
  } catch {
    return false
  }
}

function own<Value>(of: Readonly<Record<string, Value>> | object, key: string): Value | undefined {
  return Object.prototype.hasOwnProperty.call(of, key)
    ? (of as Readonly<Record<string, Value>>)[key]
    : undefined
}
