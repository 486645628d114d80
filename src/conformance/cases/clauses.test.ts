import { describe, expect, test } from 'vitest'
import { ocppVersions } from '../../ocpp/version.ts'
import { clauseFor, laterClause } from './clauses.ts'

describe('what holds in a version', () => {
  test.each([
    ['1.6J 4.1.1, 2.0.1 Part 4 4.1.1', ['1.6J 4.1.1', '2.0.1 Part 4 4.1.1', '2.1 Part 4 4.1.1']],
    [
      '1.6J 4.1.3, 2.0.1 Part 4 4.1.3, 4.4',
      ['1.6J 4.1.3', '2.0.1 Part 4 4.1.3, 4.4', '2.1 Part 4 4.1.3, 4.4'],
    ],
    [
      'RFC 6455 5.5.3, 1.6J 5.3, 2.0.1 Part 4 5.2',
      [
        'RFC 6455 5.5.3, 1.6J 5.3',
        'RFC 6455 5.5.3, 2.0.1 Part 4 5.2',
        'RFC 6455 5.5.3, 2.1 Part 4 5.3',
      ],
    ],
    ['1.6 4.6, 2.0.1 G02.FR.03', ['1.6 4.6', '2.0.1 G02.FR.03', '2.1 G02.FR.03']],
    ['RFC 6455 5.4', ['RFC 6455 5.4', 'RFC 6455 5.4', 'RFC 6455 5.4']],
    [
      '1.6J errata 3.1, 2.0.1 Part 4 errata 2024-09, 2.1 Part 4 4.1.4',
      ['1.6J errata 3.1', '2.0.1 Part 4 errata 2024-09', '2.1 Part 4 4.1.4'],
    ],
  ])('of "%s"', (clause, held) => {
    expect(ocppVersions.map((version) => clauseFor(version, clause))).toEqual(held)
  })

  test('where nothing names the version, what others say', () => {
    expect(clauseFor('ocpp1.6', '2.0.1 Part 4 3.1')).toBe('2.0.1 Part 4 3.1')
  })
})

test.each([
  ['2.0.1 Part 4 3.1.2, 3.2', '2.1 Part 4 3.1.2, 3.3'],
  ['2.0.1 Part 4 3.3', '2.1 Part 4 3.4'],
  ['2.0.1 A00.FR.204, A00.FR.207', '2.1 A00.FR.204, A00.FR.207'],
])('[2.1 Part 4] "%s" is "%s"', (clause, later) => {
  expect(laterClause(clause)).toBe(later)
})
