import { describe, expect, test } from 'vitest'
import { readErrorCode, wireErrorCode } from './error-codes.ts'

describe('error codes', () => {
  test('both spellings of a code are understood from any peer', () => {
    expect(readErrorCode('FormationViolation')).toBe('FormatViolation')
    expect(readErrorCode('FormatViolation')).toBe('FormatViolation')
    expect(readErrorCode('OccurenceConstraintViolation')).toBe('OccurrenceConstraintViolation')
    expect(readErrorCode('OccurrenceConstraintViolation')).toBe('OccurrenceConstraintViolation')
  })

  test('a code that no version knows is not understood', () => {
    expect(readErrorCode('Oops')).toBeUndefined()
    expect(readErrorCode('toString')).toBeUndefined()
  })

  test('[1.6J errata 5.1] 1.6 writes "Occurence" with one r, 2.x with two', () => {
    expect(wireErrorCode('ocpp1.6', 'OccurrenceConstraintViolation')).toBe(
      'OccurenceConstraintViolation',
    )
    for (const version of ['ocpp2.0.1', 'ocpp2.1'] as const) {
      expect(wireErrorCode(version, 'OccurrenceConstraintViolation')).toBe(
        'OccurrenceConstraintViolation',
      )
    }
  })
})
