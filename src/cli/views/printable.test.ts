import { describe, expect, test } from 'vitest'
import { printable } from './printable.ts'

describe('printable', () => {
  test('a target cannot take over the terminal', () => {
    const hostile = 'ok\u001B[2J\u001B]0;title\u0007\u009B31m\r\nforged line\b'
    expect(printable(hostile)).toBe('ok [2J ]0;title 31m forged line')
  })

  test('a target cannot turn or hide what is written', () => {
    expect(printable('a\u202Eb\u200Bc\u2066d\uFEFF')).toBe('abcd')
  })

  test('other languages stay as they are', () => {
    expect(printable('Ladesäule 充電 ⚡')).toBe('Ladesäule 充電 ⚡')
  })
})
