import { describe, expect, test } from 'vitest'
import { speaksUtf8 } from './process-terminal.ts'

describe('speaksUtf8', () => {
  test.each([
    [{ LANG: 'en_US.UTF-8' }, true],
    [{ LANG: 'C.utf8' }, true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: 'C' }, false],
    [{ LANG: 'C', LC_CTYPE: 'de_DE.UTF-8' }, true],
    [{ LANG: 'en_US.UTF-8', LC_ALL: '' }, true],
    [{}, false],
    [{ LANG: 'en_US.UTF-8', TERM: 'linux' }, false],
  ])('%j: %s', (env, speaks) => {
    expect(speaksUtf8(env, 'linux')).toBe(speaks)
  })

  test('on Windows the terminal decides, not the locale', () => {
    expect(speaksUtf8({ WT_SESSION: 'x' }, 'win32')).toBe(true)
    expect(speaksUtf8({ LANG: 'en_US.UTF-8' }, 'win32')).toBe(false)
  })
})
