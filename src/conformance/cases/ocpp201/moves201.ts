import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase } from '../case.ts'
import { type Moves, movesOf } from '../moves.ts'
import { officialCase, type Row } from '../official-case.ts'

/** Moves of OCPP 2.0.1. */
const moves: Moves<Actions201> = movesOf('2.0.1')
export const call: Moves<Actions201>['call'] = moves.call
export const asked: Moves<Actions201>['asked'] = moves.asked
export const refused: Moves<Actions201>['refused'] = moves.refused

/** Certification profiles of Part 5. */
export type Profile201 =
  | 'Core'
  | 'Advanced Security'
  | 'Local Auth List'
  | 'Smart Charging'
  | 'Advanced Device Management'
  | 'Reservation'
  | 'Advanced UI'
  | 'ISO 15118'
  | 'Optional'

interface Row201 extends Row {
  readonly profile: Profile201
}

/**
 * A case of the CSMS set of OCPP 2.0.1, `B_21`; ids are the field's, words are ours. Its feature is what
 * the CSMS has to claim, as Part 5 names it: `C-13`.
 */
export function case201({ profile, ...row }: Row201): ConformanceCase {
  return officialCase(row, {
    version: 'ocpp2.0.1',
    profile,
    group: row.id.charAt(0),
    source: { document: 'OCPP 2.0.1 Part 6, CSMS', edition: '3, errata 2025-09' },
  })
}
