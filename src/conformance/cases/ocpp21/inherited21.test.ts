import { describe, expect, test } from 'vitest'
import type { ConformanceCase, Move } from '../case.ts'
import { casesOf } from '../catalogue.ts'
import { inherited21, otherClauses, otherPayloads } from './inherited21.ts'
import { otherwise21 } from './otherwise21.ts'

const of201 = casesOf('ocpp2.0.1').filter(({ group }) => group !== 'RPC')
const all21 = casesOf('ocpp2.1').filter(({ group }) => group !== 'RPC')
const known = new Set(of201.map(({ id }) => id))
const inherited = all21.filter(({ id }) => known.has(id))

function clausesOf({ moves }: ConformanceCase): readonly string[] {
  return moves.flatMap((move: Move) => [
    ...('clause' in move ? [move.clause] : []),
    ...('demands' in move ? move.demands.map(({ clause }) => clause) : []),
  ])
}

describe('the cases of 2.0.1 as 2.1 has them', () => {
  test('none is left out, each is provisional, and what 2.1 adds has ids of its own', () => {
    expect(inherited.map(({ id }) => id).toSorted()).toEqual([...known].toSorted())
    expect(new Set(inherited.map(({ stability }) => stability))).toEqual(new Set(['provisional']))
    expect(all21.length - inherited.length).toBeGreaterThan(0)
  })

  test('are judged by clauses of 2.1, and by no other', () => {
    const others = inherited.flatMap((one) =>
      clausesOf(one)
        .filter((clause) => !/^2\.1 \S/.test(clause) || clause.includes('2.0.1'))
        .map((clause) => `${one.id}: ${clause}`),
    )
    expect(others).toEqual([])
  })

  test('every clause that 2.1 has elsewhere is one that a case of 2.0.1 cites', () => {
    const cited = new Set(of201.flatMap(clausesOf))
    expect(Object.keys(otherClauses).filter((clause) => !cited.has(clause))).toEqual([])
  })

  test('every action that 2.1 has otherwise is one that a case of 2.0.1 has, and differs', () => {
    const ofAction = (cases: readonly ConformanceCase[], action: string) =>
      cases.flatMap(({ moves }) =>
        moves.flatMap((move) => ('action' in move && move.action === action ? [move] : [])),
      )
    for (const action of Object.keys(otherPayloads)) {
      const before = ofAction(of201, action)
      expect(before.length).toBeGreaterThan(0)
      expect(JSON.stringify(ofAction(inherited, action)).length).not.toBe(
        JSON.stringify(before).length,
      )
    }
    expect(JSON.stringify(ofAction(inherited, 'SetNetworkProfile'))).not.toContain('ocppVersion')
  })

  test('every case that 2.1 has otherwise is one of 2.0.1, and differs', () => {
    const asBefore = new Map(inherited21(of201, {}).map((one) => [one.id, JSON.stringify(one)]))
    const different = inherited21(of201, otherwise21).filter(
      (one) => JSON.stringify(one) !== asBefore.get(one.id),
    )
    expect(different.map(({ id }) => id).toSorted()).toEqual(
      Object.keys(otherwise21)
        .map((id) => `TC_${id}_CSMS`)
        .toSorted(),
    )
  })

  test('[2.1 Part 5 3.2, 4.2] are for who claims the features that their profiles became', () => {
    const claims = Object.fromEntries(
      inherited.map(({ id, profile, feature }) => [id.slice(3, -5), [profile, feature]]),
    )
    expect(claims).toMatchObject({
      A_07: ['Advanced Security', undefined],
      A_19: ['Core', 'C-61 or Advanced Security'],
      B_12: ['Core', 'C-17 or DM-0'],
      B_18: ['Core', 'DM-0'],
      C_40: ['Core', 'LA-0'],
      D_08: ['Core', 'LA-0 and LA-2'],
      H_15: ['Core', 'R-0 and R-1'],
      O_01: ['Core', 'UI-0'],
    })
    const profiles = new Set(all21.map(({ profile }) => profile))
    expect([...profiles].filter((one) => /List|Device|Reservation|UI/.test(one))).toEqual([])
  })

  test('speak 2.1 where they connect', () => {
    const spoken = inherited
      .flatMap(({ moves }) => moves)
      .flatMap((move) =>
        move.kind === 'connect' ? [move.protocol, ...(move.as.protocols ?? [])] : [],
      )
    expect(spoken).toContain('ocpp2.1')
    expect(spoken).not.toContain('ocpp2.0.1')
  })
})
