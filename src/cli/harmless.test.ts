import { describe, expect, test } from 'vitest'
import { harmless, inert } from './harmless.ts'

const actions = { env: { GITHUB_ACTIONS: 'true' } }

describe('words of a peer', () => {
  test('command no terminal', () => {
    const said = 'a\u001B]0;owned\u0007\u001B[31mred\r\u009Bgone\u202Eback\tb'
    expect(harmless(said, { env: {} })).toBe('a·]0;owned··[31mred··gone·back  b')
  })

  test('stay on their lines', () => {
    expect(harmless('one\n  two', { env: {} })).toBe('one\n  two')
  })

  test.each([
    ['::error::pwned', ': :error::pwned'],
    ['fine\n   ::add-mask::x', 'fine\n   : :add-mask::x'],
    ['said ##[error]pwned', 'said # #[error]pwned'],
    ['2.0.1::x stays', '2.0.1::x stays'],
  ])('command no runner of GitHub: %s', (said, shown) => {
    expect(inert(said, actions)).toBe(shown)
    expect(inert(said, { env: {} })).toBe(said)
  })
})
