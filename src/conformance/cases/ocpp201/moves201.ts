import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { type Moves, movesOf } from '../moves.ts'

/** Moves of OCPP 2.0.1. */
const moves: Moves<Actions201> = movesOf('2.0.1')
export const call: Moves<Actions201>['call'] = moves.call
export const asked: Moves<Actions201>['asked'] = moves.asked
export const refused: Moves<Actions201>['refused'] = moves.refused

/** Certification profiles of Part 5. */
type Profile =
  | 'Core'
  | 'Advanced Security'
  | 'Local Auth List'
  | 'Smart Charging'
  | 'Advanced Device Management'
  | 'Reservation'
  | 'Advanced UI'
  | 'ISO 15118'
  | 'Optional'

interface Row {
  /** `B_21`. */
  readonly id: string
  readonly title: string
  readonly profile: Profile
  readonly moves: readonly Move[]
  readonly needs?: readonly string[]
  /** Of a conditional case: what the CSMS has to claim, as Part 5 names it: `C-13`. */
  readonly feature?: string
  readonly tags?: readonly string[]
  readonly stability?: ConformanceCase['stability']
}

/** A case of the CSMS set of OCPP 2.0.1; ids are the field's, words are ours. */
export function case201({
  id,
  needs = [],
  tags = [],
  stability = 'stable',
  ...row
}: Row): ConformanceCase {
  return {
    ...row,
    id: `TC_${id}_CSMS`,
    version: 'ocpp2.0.1',
    group: id.charAt(0),
    source: { document: 'OCPP 2.0.1 Part 6, CSMS', edition: '3, errata 2025-09' },
    stability,
    needs,
    tags,
  }
}
