import { expect, test } from 'vitest'
import { parseJsonPath, valueAt } from './json-path.ts'

test('paths lead into objects and lists', () => {
  const value = { a: { b: [{ c: 7 }] } }
  expect(valueAt(value, parseJsonPath('$.a.b[0].c') ?? [])).toBe(7)
  expect(valueAt(value, parseJsonPath('$') ?? [])).toBe(value)
  expect(valueAt(value, parseJsonPath('$.a.x.y') ?? [])).toBeUndefined()
  expect(valueAt([5], parseJsonPath('$[0]') ?? [])).toBe(5)
})

test('paths never reach what every object inherits', () => {
  expect(valueAt({}, parseJsonPath('$.constructor') ?? [])).toBeUndefined()
})

test.each(['a.b', '$.', '$a', '$.a[', '$.a[x]', '$..a', '$.a b'])('"%s" is no path', (text) => {
  expect(parseJsonPath(text)).toBeUndefined()
})
