import { describe, expect, test } from 'vitest'
import type { AskedMove, ConformanceCase } from '../../src/conformance/cases/case.ts'
import { CaseValues } from '../../src/conformance/cases/values.ts'
import { parseJsonPath, valueAt } from '../../src/ocpp/matchers/json-path.ts'
import { mismatch } from '../../src/ocpp/matchers/matcher.ts'
import { PayloadValidators } from '../../src/ocpp/schemas.ts'
import { officialValidators } from '../../src/platform/official-validators.ts'

const validators = new PayloadValidators(officialValidators)

/** What a case has a hook order. */
interface Ordered {
  readonly move: AskedMove
  readonly payload: object
  readonly refuses: (payload: object) => boolean
}

/** What tests of orders have to know beside the cases. */
interface Freedom {
  /** Fixtures, and what moves would have found out before. */
  readonly found: Readonly<Record<string, unknown>>
  /** Fields that a CSMS may choose for itself, or that cases look at in another way than by what they are. */
  readonly itsOwn: readonly string[]
  /** Fields that go without saying. */
  readonly mayBeMissing: readonly string[]
  /** Actions whose demands are others. */
  readonly except?: readonly string[]
}

/**
 * Tests that the demands of these cases let a CSMS pass that sends what was ordered, and none that
 * leaves a field out or says something else. Cases that order nothing are left out.
 */
export function ordersAreDemanded(cases: readonly ConformanceCase[], freedom: Freedom): void {
  const { found, except = [] } = freedom
  const itsOwn = new Set(freedom.itsOwn)
  const mayBeMissing = new Set(freedom.mayBeMissing)
  const orders = (one: ConformanceCase) =>
    ordersOf(one, found).filter(({ move }) => !except.includes(move.action))

  describe.each(cases.filter((one) => orders(one).length > 0))('$id', (one) => {
    test('a CSMS that sends what was ordered is right', () => {
      expect(orders(one).filter(({ payload, refuses }) => refuses(payload))).toEqual([])
    })

    test('one that leaves a field out is not', () => {
      expect(unseen(orders(one), mayBeMissing, () => undefined)).toEqual([])
    })

    test('one that says something else is not', () => {
      expect(unseen(orders(one), itsOwn, other)).toEqual([])
    })
  })
}

/** Every order of a case, with what its demands and the schema say of a payload. */
function ordersOf(
  { moves, version }: ConformanceCase,
  found: Readonly<Record<string, unknown>>,
): readonly Ordered[] {
  let ids = 0
  const values = new CaseValues(
    found,
    () => 0,
    () => {
      ids += 1
      return `fresh${ids}`
    },
  )
  return moves.flatMap((move) => {
    if (move.kind !== 'asked' || move.order === undefined) return []
    const payload = values.payload(move.order)
    const matchers = move.demands.map(({ matcher }) => values.fill(matcher))
    for (const [name, path] of Object.entries(move.save)) {
      values.set(name, valueAt(payload, parseJsonPath(path) ?? []))
    }
    const schema = validators.check(version, move.action, 'request')
    const refuses = (told: object) =>
      matchers.some((matcher) => mismatch(matcher, told) !== undefined) ||
      schema?.(told) !== undefined
    return [{ move, payload, refuses }]
  })
}

type Path = readonly (string | number)[]

/** Fields that a CSMS can have so, and nothing is red. */
function unseen(
  orders: readonly Ordered[],
  free: ReadonlySet<string>,
  instead: (value: unknown) => unknown,
): readonly string[] {
  return orders.flatMap(({ move, payload, refuses }) =>
    fieldsOf(payload)
      .filter((path) => !free.has(String(path[path.length - 1])))
      .filter((path) => {
        return !refuses(changed(payload, path, instead(valueAt(payload, path))) as object)
      })
      .map((path) => `${move.action} ${path.join('.')}`),
  )
}

/** Every field of a payload. */
function fieldsOf(value: unknown, at: Path = []): readonly Path[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, inner]) => {
    const path = [...at, Array.isArray(value) ? Number(key) : key]
    return [...(Array.isArray(value) ? [] : [path]), ...fieldsOf(inner, path)]
  })
}

/** The payload with another value there; undefined: with none. */
function changed(value: unknown, [key, ...rest]: Path, to: unknown): unknown {
  if (key === undefined) return to
  if (Array.isArray(value)) {
    return value.map((one, at) => (at === key ? changed(one, rest, to) : one))
  }
  const entries = Object.entries(value as object).flatMap(([name, inner]) => {
    if (name !== key) return [[name, inner] as const]
    const after = changed(inner, rest, to)
    return after === undefined ? [] : [[name, after] as const]
  })
  return Object.fromEntries(entries)
}

/** Legal for the schema wherever the field is free; something else wherever it is not. */
function other(value: unknown): unknown {
  if (typeof value === 'number') return value + 7
  if (typeof value === 'string') return `${value}x`
  return Array.isArray(value) ? [] : { vendorId: 'x' }
}
