import { describe, expect, test } from 'vitest'
import { wantsColour } from './process-context.ts'

describe('colours', () => {
  test.each([
    [{}, true, true],
    [{}, false, false],
    [{ TERM: 'dumb' }, true, false],
    [{ FORCE_COLOR: '1' }, false, true],
    [{ FORCE_COLOR: '0' }, false, false],
    [{ NO_COLOR: '1', FORCE_COLOR: '1' }, true, false],
    [{ NO_COLOR: '' }, true, true],
  ])('%j on a terminal: %s gives %s', (env, isTTY, expected) => {
    expect(wantsColour(env, isTTY)).toBe(expected)
  })
})
