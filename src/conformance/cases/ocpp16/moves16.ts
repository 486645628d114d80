import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { type Moves, movesOf } from '../moves.ts'

/** Moves of OCPP 1.6. */
const moves: Moves<Actions16> = movesOf('1.6')
export const call: Moves<Actions16>['call'] = moves.call
export const asked: Moves<Actions16>['asked'] = moves.asked

interface Row {
  /** Without `TC_` and `_CSMS`. */
  readonly id: string
  readonly title: string
  readonly group: ConformanceCase['group']
  readonly moves: readonly Move[]
  readonly needs?: readonly string[]
  readonly tags?: readonly string[]
  readonly stability?: ConformanceCase['stability']
}

/** A case of the central-system set of OCPP 1.6; ids are the field's, words are ours. */
export function case16({
  id,
  needs = [],
  tags = [],
  stability = 'stable',
  ...row
}: Row): ConformanceCase {
  return {
    ...row,
    ...(row.group !== 'Core' && { feature: row.group }),
    id: `TC_${id}_CSMS`,
    version: 'ocpp1.6',
    profile: row.group,
    source: { document: 'OCTT 1.6 test cases, central system', edition: '2024-04, 2026-02' },
    stability,
    needs,
    tags,
  }
}
