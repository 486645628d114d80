import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { CaseSource, ConformanceCase } from '../case.ts'
import { type Moves, movesOf } from '../moves.ts'
import type { Profile201 } from '../ocpp201/moves201.ts'
import { officialCase, type Row } from '../official-case.ts'
import { claimed21 } from './claims21.ts'

/** Moves of OCPP 2.1. */
const moves: Moves<Actions21> = movesOf('2.1')
export const call: Moves<Actions21>['call'] = moves.call
export const asked: Moves<Actions21>['asked'] = moves.asked

/** Certification profiles of 2.0.1 and 2.1; Part 5 of 2.1 has some of the former as features of Core. */
type Profile21 = Profile201 | 'Bidirectional Power Transfer' | 'DER Control'

interface Row21 extends Row {
  /** Default: in none. */
  readonly profile?: Profile21
  /** Default: Part 6. */
  readonly source?: CaseSource
}

/** Where the cases of 2.1 are from: Part 6 has them, Part 2 decides. */
export const source21: CaseSource = { document: 'OCPP 2.1 Part 6, CSMS', edition: '2, 2025-12' }

/**
 * A case of the CSMS set of OCPP 2.1 that 2.0.1 does not have, `E_102`; ids are the field's, words are
 * ours. Where Part 6 wants more than the requirements of Part 2, those are what is judged: provisional.
 */
export function case21({
  profile = 'Optional',
  source = source21,
  ...row
}: Row21): ConformanceCase {
  const { feature, ...rest } = row
  const claimed = claimed21({ profile, ...(feature !== undefined && { feature }) })
  return officialCase(
    { stability: 'provisional', ...rest, ...claimed },
    { version: 'ocpp2.1', profile: claimed.profile, group: row.id.charAt(0), source },
  )
}
