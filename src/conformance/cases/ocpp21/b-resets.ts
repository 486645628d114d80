import type { ConformanceCase, Move } from '../case.ts'
import { connects } from '../moves.ts'
import { absent } from '../values.ts'
import { comesBack, endsNormally, limitedByProfile, profileAgain, resumes } from './e-resumption.ts'
import { asked, case21 } from './moves21.ts'
import { accepted21, booted21, charging, event, everyConnector, stillThere } from './states21.ts'

/** The CSMS resets the station, and wants what goes on there to go on afterwards [2.1 B13]. */
function resetAsked(clause: string): Move {
  return asked('Reset', {
    order: { type: 'ImmediateAndResume' },
    expect: { type: 'ImmediateAndResume', evseId: absent },
    answer: { status: 'Accepted' },
    clause,
  })
}

/** The transaction stops for the reset, and goes on after it. */
const resetAndResumed: readonly Move[] = [
  resetAsked('2.1 B13.FR.03'),
  event('Updated', 'ResetCommand', {
    info: { chargingState: 'SuspendedEVSE' },
    clause: '2.1 B13.FR.04',
  }),
  ...comesBack('RemoteReset'),
  resumes('2.1 B13.FR.30'),
]

/** Resets that transactions outlive [2.1 B13]. */
export const resets21: readonly ConformanceCase[] = [
  case21({
    id: 'B_103',
    title: 'The CSMS resets a station whose transaction goes on afterwards',
    profile: 'Core',
    moves: [...charging, ...resetAndResumed, ...endsNormally, ...everyConnector],
  }),
  case21({
    id: 'B_104',
    title: 'The CSMS resets a station at once, and there is nothing to go on with',
    profile: 'Core',
    moves: [
      ...booted21,
      resetAsked('2.1 B13.FR.02'),
      connects('after the reset', {}, { clause: '2.1 B11.FR.04' }),
      accepted21('RemoteReset'),
      ...everyConnector,
      stillThere,
    ],
  }),
  case21({
    id: 'B_116',
    title: 'After a reset the CSMS sends the profile of the transaction again',
    profile: 'Bidirectional Power Transfer',
    moves: [
      ...charging,
      ...limitedByProfile,
      ...resetAndResumed,
      profileAgain('2.1 B13.FR.31'),
      ...endsNormally,
    ],
  }),
]
