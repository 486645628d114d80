import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkMatcher, mismatch, mismatchText } from './matcher.ts'

const json = fc
  .jsonValue({ noUnicodeString: true })
  .filter((value) => !JSON.stringify(value).includes('$'))
  // `__proto__` and -0 do not survive a comparison by value.
  .map((value) => JSON.parse(JSON.stringify(value)) as unknown)

function textOf(matcher: unknown, actual: unknown): string | undefined {
  const differs = mismatch(matcher, actual)
  return differs && mismatchText(differs)
}

describe('matchers', () => {
  test('every value matches itself', () => {
    fc.assert(
      fc.property(json, (value) => {
        expect(mismatch(value, value)).toBeUndefined()
      }),
    )
  })

  test('an object may have more than it is asked for', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          fc.string().filter((key) => !key.startsWith('$')),
          json,
        ),
        json,
        (asked, extra) => {
          expect(mismatch(asked, { ...asked, '*more*': extra })).toBeUndefined()
        },
      ),
    )
  })

  test('what differs is named with its path', () => {
    expect(textOf({ a: { b: [1, 2] } }, { a: { b: [1, 3] } })).toBe('$.a.b[1]: expected 2, got 3')
    expect(textOf({ a: 1 }, {})).toBe('$.a: expected 1, got nothing')
    expect(textOf([1], [1, 2])).toBe('$: expected [1], got [1,2]')
    expect(textOf({ a: { b: 1 } }, { a: 'x' })).toBe('$.a: expected {"b":1}, got "x"')
  })

  test.each([
    ['$any', 0, true],
    ['$any', undefined, false],
    ['$absent', undefined, true],
    ['$absent', null, false],
    [{ $regex: '^A' }, 'AB', true],
    [{ $regex: '^A' }, 'BA', false],
    [{ $regex: '^1' }, 1, false],
    [{ $between: [1, 2] }, 2, true],
    [{ $between: [1, 2] }, 2.1, false],
    [{ $oneOf: ['A', { b: 1 }] }, { b: 1, c: 2 }, true],
    [{ $oneOf: ['A'] }, 'B', false],
    [{ $oneOf: ['A', '$absent'] }, undefined, true],
    [{ $oneOf: ['A'] }, undefined, false],
    [{ $not: 'A' }, 'B', true],
    [{ $not: 'A' }, 'A', false],
    [{ $contains: { id: 2 } }, [{ id: 1 }, { id: 2 }], true],
    [{ $contains: 3 }, [1, 2], false],
    [{ $length: 2 }, [1, 2], true],
    [{ $length: 2 }, 'abc', false],
  ])('%j against %j: %s', (matcher, actual, matches) => {
    expect(mismatch(matcher, actual) === undefined).toBe(matches)
  })

  test('a key may be asked to be absent, or anything', () => {
    expect(mismatch({ a: '$absent', b: '$any' }, { b: 1 })).toBeUndefined()
    expect(textOf({ a: '$absent' }, { a: 1 })).toBe('$.a: expected nothing, got 1')
  })

  test('keys that every object inherits are not there', () => {
    expect(mismatch({ constructor: '$any' }, {})).toBeDefined()
  })

  test('words that mean nothing are found, however deep', () => {
    expect(checkMatcher({ a: [{ $regx: 'x' }] })).toEqual({ word: '$regx', wants: undefined })
    expect(checkMatcher({ a: '$anything' })).toEqual({ word: '$anything', wants: undefined })
    expect(checkMatcher({ $between: [1] })).toEqual({
      word: '$between',
      wants: 'two numbers, [low, high]',
    })
    expect(checkMatcher({ $regex: 'a', b: 1 })).toEqual({ word: '$regex', wants: 'to stand alone' })
    expect(checkMatcher({ a: { $not: { $length: 1 } } })).toBeUndefined()
  })
})
