import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { prettyFrame } from './pretty-frame.ts'

describe('prettyFrame', () => {
  test('indents a frame', () => {
    expect(prettyFrame('[3,"a-1",{"currentTime":"yesterday","list":[],"more":{}}]')).toBe(
      [
        '[',
        '  3,',
        '  "a-1",',
        '  {',
        '    "currentTime": "yesterday",',
        '    "list": [],',
        '    "more": {}',
        '  }',
        ']',
      ].join('\n'),
    )
  })

  test('keeps numbers, escapes and keys as they were on the wire', () => {
    const frame = '[2,"\\u0041",{"a":1.10,"a":12345678901234567890,"b":"{,}"}]'
    const shown = prettyFrame(frame)
    for (const token of ['"\\u0041"', '1.10', '12345678901234567890', '"{,}"']) {
      expect(shown).toContain(token)
    }
    expect(shown.match(/"a":/g)).toHaveLength(2)
  })

  test('says the same as the frame, whatever it says', () => {
    fc.assert(
      fc.property(fc.json(), (frame) => {
        fc.pre(frame.length < 1000)
        expect(JSON.parse(prettyFrame(frame))).toEqual(JSON.parse(frame))
      }),
    )
  })

  test('shows what is no JSON as it is', () => {
    expect(prettyFrame('this is not JSON')).toBe('this is not JSON')
  })

  test('cuts a frame that would fill the page', () => {
    const shown = prettyFrame(`["${'x'.repeat(10_000)}"]`)
    expect(shown.length).toBeLessThan(6100)
    expect(shown).toMatch(/\n… 4,?\d+ more characters$/)
  })
})
