import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { MissingValue, renderText, renderValue, templateUses } from './expressions.ts'

const values: Readonly<Record<string, unknown>> = { tx: 17, name: 'CP1', info: { a: 1 } }
const lookup = (name: string) => values[name]

describe('templates', () => {
  test('placeholders are filled in, in text and in payloads', () => {
    expect(renderText('{name} has {tx}', lookup)).toBe('CP1 has 17')
    expect(renderText('{tx:05}', lookup)).toBe('00017')
    expect(renderText('{info}', lookup)).toBe('{"a":1}')
  })

  test('a text that is nothing but a placeholder becomes the raw value', () => {
    expect(renderValue({ transactionId: '{tx}', list: ['{info}', 'a {tx}'] }, lookup)).toEqual({
      transactionId: 17,
      list: [{ a: 1 }, 'a 17'],
    })
  })

  test('double braces stand for single ones, and JSON needs no escapes', () => {
    expect(renderText('{{name}}', lookup)).toBe('{name}')
    expect(renderText('[2,"{tx}","A",{"x":{}}]', lookup)).toBe('[2,"17","A",{"x":{}}]')
  })

  test('an instant can be shifted', () => {
    const now = (name: string) => (name === 'now' ? '2026-01-01T00:00:00.000Z' : lookup(name))
    expect(renderText('{now+30min}', now)).toBe('2026-01-01T00:30:00.000Z')
    expect(renderValue({ expiryDate: '{now-1h30min}' }, now)).toEqual({
      expiryDate: '2025-12-31T22:30:00.000Z',
    })
    expect(renderText('{{now+1s}} {now+10}', now)).toBe('{now+1s} {now+10}')
    expect(() => renderText('{name+1s}', now)).toThrow('there is no value for "{name+1s}"')
  })

  test('a value that is not there is an error that names it', () => {
    expect(() => renderText('{nope}', lookup)).toThrow(MissingValue)
    expect(() => renderText('{nope}', lookup)).toThrow('there is no value for "{nope}"')
    const now = () => '2026-01-01T00:00:00.000Z'
    expect(() => renderText('{now+999999999d}', now)).toThrow('"{now+999999999d}"')
  })

  test('texts without braces are left alone', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const plain = text.replaceAll('{', '(')
        expect(renderText(plain, lookup)).toBe(plain)
      }),
    )
  })

  test('every use that is found is a value that rendering asks for', () => {
    const piece = fc.constantFrom('{tx}', '{name:05}', '{{tx}}', '{', '}', '{}', '"{a":1', 'x', ' ')
    fc.assert(
      fc.property(fc.array(piece), (pieces) => {
        const text = pieces.join('')
        const asked: string[] = []
        renderText(text, (name) => {
          asked.push(name)
          return 'value'
        })
        expect(templateUses(text).map(({ name }) => name)).toEqual(asked)
      }),
    )
  })
})
