import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import type { ConformanceCase } from '../case.ts'
import { type Moves, movesOf } from '../moves.ts'
import { officialCase, type Row } from '../official-case.ts'

/** Moves of OCPP 1.6. */
const moves: Moves<Actions16> = movesOf('1.6')
export const call: Moves<Actions16>['call'] = moves.call
export const asked: Moves<Actions16>['asked'] = moves.asked

interface Row16 extends Row {
  /** Feature profile; all but Core are what a CSMS may claim or not. */
  readonly group: ConformanceCase['group']
}

/** A case of the central-system set of OCPP 1.6, `003`; ids are the field's, words are ours. */
export function case16({ group, ...row }: Row16): ConformanceCase {
  return officialCase(group === 'Core' ? row : { ...row, feature: group }, {
    version: 'ocpp1.6',
    profile: group,
    group,
    source: { document: 'OCTT 1.6 test cases, central system', edition: '2024-04, 2026-02' },
  })
}
