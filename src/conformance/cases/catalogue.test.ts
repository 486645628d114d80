import { describe, expect, test } from 'vitest'
import { checkMatcher } from '../../ocpp/matchers/matcher.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import { defaultFixtures } from '../run/fixtures.ts'
import type { ConformanceCase, Move } from './case.ts'
import { casesOf } from './catalogue.ts'

/** What a move says, asks for and expects: everything in which values may stand. */
function templatesOf(move: Move): readonly unknown[] {
  switch (move.kind) {
    case 'call':
      return [move.payload, ...matchersOf(move)]
    case 'asked':
      return [move.order, move.answer, ...matchersOf(move)]
    case 'connect':
      return [move.as]
    case 'wait':
      return [move.ms]
    case 'handshake':
    case 'raw':
    case 'do':
      return []
  }
}

function matchersOf(move: Move): readonly unknown[] {
  if (move.kind === 'handshake') return move.agrees === undefined ? [] : [move.agrees]
  return 'demands' in move ? move.demands.map(({ matcher }) => matcher) : []
}

function valuesIn(template: unknown): readonly string[] {
  if (typeof template !== 'object' || template === null) return []
  if ('$value' in template) return [String(template.$value)]
  return Object.values(template).flatMap(valuesIn)
}

/** With something in place of every value. */
function filled(template: unknown): unknown {
  if (typeof template !== 'object' || template === null) return template
  if ('$value' in template) return 'a value'
  if (Array.isArray(template)) return template.map(filled)
  return Object.fromEntries(Object.entries(template).map(([key, inner]) => [key, filled(inner)]))
}

/** Come into being by being named. */
const made = /^(now[+-]|fresh:|count:)/

/** Values that nobody has when they are named; after a `do` that may be anything. */
function nowhere({ needs, moves }: ConformanceCase): readonly string[] {
  const known = new Set(['stationId', ...Object.keys(defaultFixtures), ...needs])
  const missing: string[] = []
  for (const move of moves) {
    if (move.kind === 'do') break
    const named = templatesOf(move).flatMap(valuesIn)
    const answered = move.kind === 'asked' ? valuesIn(move.answer) : []
    const saved = 'save' in move ? Object.keys(move.save) : []
    missing.push(
      ...named.filter((name) => {
        const fromThisFrame = answered.includes(name) && saved.includes(name)
        return !made.test(name) && !known.has(name) && !fromThisFrame
      }),
    )
    for (const name of saved) known.add(name)
  }
  return missing
}

describe.each(ocppVersions)('cases of %s', (version) => {
  const cases = casesOf(version)

  test('none is there twice', () => {
    const ids = cases.map(({ id }) => id)
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([])
  })

  test('every matcher can be read', () => {
    const unread = cases.flatMap(({ id, moves }) =>
      moves
        .flatMap(matchersOf)
        .map((matcher) => checkMatcher(filled(matcher)))
        .flatMap((fault) => (fault ? [{ id, ...fault }] : [])),
    )
    expect(unread).toEqual([])
  })

  test('every demand names the clause that it is from', () => {
    const unfounded = cases.flatMap(({ id, moves }) =>
      moves
        .flatMap((move) => ('demands' in move ? move.demands : []))
        .filter(({ clause }) => !/^\d/.test(clause))
        .map(({ name, clause }) => ({ id, name, clause })),
    )
    expect(unfounded).toEqual([])
  })

  test('a case needs the fixtures that it names', () => {
    const unnamed = cases.flatMap((one) => nowhere(one).map((value) => ({ id: one.id, value })))
    expect(unnamed).toEqual([])
  })
})
