import { expect, test } from 'vitest'
import { reactionsInWords } from './reaction.ts'

test.each([
  [['silence'], 'silence'],
  [['result', 'close'], 'result, or close'],
  [['callError'], 'CALLERROR with any code'],
  [
    ['callError:FormatViolation', 'callError', 'result'],
    'CALLERROR FormatViolation or any other, or result',
  ],
])('what a CSMS may do is told in words: %j', (reactions, words) => {
  expect(reactionsInWords(reactions)).toBe(words)
})
