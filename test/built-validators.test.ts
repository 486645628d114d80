import { isDeepStrictEqual } from 'node:util'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { messageOf, type PayloadKind } from '../src/ocpp/schemas.ts'
import { ocppVersions } from '../src/ocpp/version.ts'
import { officialValidators as built } from '../src/platform/built-validators.ts'
import { officialSchemas } from '../src/platform/official-schemas.ts'
import { officialValidators as compiled } from '../src/platform/official-validators.ts'
import { payloadsOf } from './helpers/schema-payloads.ts'

/** What breaks one rule or another wherever it stands; undefined: nothing stands there any more. */
const odd: readonly unknown[] = [
  undefined,
  null,
  true,
  '',
  '2026-02-03T04:05:06Z',
  '2026-13-03T04:05:06Z',
  'http://x y',
  'a:b',
  0.05,
  1.5,
  Number.NaN,
  {},
  [],
  [{}, {}],
]

/** On both sides of every limit that a schema sets. */
function aroundLimits(schema: object): unknown[] {
  const [lengths, counts, bounds] = [new Set<number>(), new Set<number>(), new Set<number>()]
  JSON.stringify(schema, (key, value: unknown) => {
    if (typeof value !== 'number') return value
    if (/^(max|min)Length$/.test(key)) lengths.add(value)
    else if (/^(max|min)Items$/.test(key)) counts.add(value)
    else bounds.add(value)
    return value
  })
  return [
    // A plug is one character of two units.
    ...[...lengths].flatMap((n) => ['x'.repeat(n), '🔌'.repeat(n), 'x'.repeat(n + 1)]),
    ...[...counts].flatMap((n) => [Array(n).fill('x'), Array(n + 1).fill('x')]),
    ...[...bounds].flatMap((n) => [n, n + 1, n - 1]),
  ]
}

type Place = readonly [parent: Record<string, unknown>, key: string]

/** Places of a large payload that are tried. */
const mostPlaces = 30

/** Everywhere in a value that something stands, and where something more could. */
function placesIn(value: unknown): Place[] {
  if (typeof value !== 'object' || value === null) return []
  const parent = value as Record<string, unknown>
  const here = [...Object.keys(parent), 'more'].map((key): Place => [parent, key])
  return [...here, ...Object.values(parent).flatMap(placesIn)]
}

/** Does something with another value in a place, and puts back what stood there. */
function withValue([parent, key]: Place, value: unknown, act: () => void): void {
  const before = Object.entries(parent)
  if (value === undefined) delete parent[key]
  else parent[key] = value
  act()
  delete parent[key]
  Object.assign(parent, Object.fromEntries(before))
}

describe.each(ocppVersions)('validators of %s that are shipped as code', (version) => {
  test('say the same as those compiled from the schemas, of payloads with any one fault', () => {
    const keywords = new Set<string>()
    for (const schema of officialSchemas(version)) {
      const message = messageOf(schema.$id)
      const [action = '', kind] = message.split(' ')
      const [fromCode, fromSchema] = [built(version, message), compiled(version, message)]
      const agree = (payload: unknown): void => {
        const isValid = fromSchema(payload)
        const is = fromCode(payload)
        for (const { keyword } of fromSchema.errors ?? []) keywords.add(keyword)
        if (is === isValid && isDeepStrictEqual(fromCode.errors, fromSchema.errors)) return
        expect({ is, errors: fromCode.errors, payload, message }).toEqual({
          is: isValid,
          errors: fromSchema.errors,
        })
      }
      const values = [...odd, ...aroundLimits(schema)]
      for (const value of values) agree(value)
      fc.assert(
        fc.property(payloadsOf(version, action, kind as PayloadKind), (payload) => {
          expect(fromCode(payload), message).toBe(true)
          agree(payload)
          const places = placesIn(payload)
          const stride = Math.ceil(places.length / mostPlaces)
          for (const place of places.filter((_, index) => index % stride === 0)) {
            for (const value of values) withValue(place, value, () => agree(payload))
          }
        }),
        { numRuns: 2 },
      )
    }
    const rules = ['additionalProperties', 'enum', 'format', 'maxLength', 'required', 'type']
    expect([...keywords]).toEqual(expect.arrayContaining(rules))
  })
})
