import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { absent, inAnyOrder, type Operator, tokenOf } from '../values.ts'
import { asked, case201 } from './moves201.ts'
import { booted201, stillThere } from './states201.ts'

/** Versions above 0; 0 says that there is no list [2.0.1 D01.FR.18]. */
const realVersion: Operator = { $between: [1, 2_147_483_647] }

const accepted = { status: 'Accepted' } as const

/** The whole list: two tokens that may charge; its version is kept as `listVersion`. */
export const fullList: Move = asked('SendLocalList', {
  order: {
    versionNumber: 1,
    updateType: 'Full',
    localAuthorizationList: [
      { idToken: tokenOf('token'), idTokenInfo: accepted },
      { idToken: tokenOf('token2'), idTokenInfo: accepted },
    ],
  },
  expect: {
    versionNumber: realVersion,
    updateType: 'Full',
    localAuthorizationList: inAnyOrder([
      { idToken: tokenOf('token'), idTokenInfo: accepted },
      { idToken: tokenOf('token2'), idTokenInfo: accepted },
    ]),
  },
  answer: accepted,
  save: { listVersion: '$.versionNumber' },
  clause: '2.0.1 D01.FR.01, D01.FR.18',
})

/** A change has a version above that of the list which it changes. */
export const newerVersion: Move = does(
  'the version of the change is above that of the list',
  (scene) => {
    const [before, after] = [scene.values.get('listVersion'), scene.values.get('changeVersion')]
    scene.check('newer version', Number(after) > Number(before), {
      detail: `the list is version ${String(before)}, the change ${String(after)}`,
      clause: '2.0.1 D01.FR.19',
    })
  },
)

function versionAsked(versionNumber: number): Move {
  return asked('GetLocalListVersion', {
    order: {},
    answer: { versionNumber },
    clause: '2.0.1 D02.FR.01',
  })
}

/** D. Local authorization list. */
export const localList201: readonly ConformanceCase[] = [
  case201({
    id: 'D_01',
    title: 'The CSMS sends a whole local list',
    profile: 'Local Auth List',
    needs: ['token2'],
    moves: [...booted201, fullList, stillThere],
  }),
  case201({
    id: 'D_02',
    title: 'The CSMS adds to a local list',
    profile: 'Local Auth List',
    needs: ['token2', 'masterToken'],
    moves: [
      ...booted201,
      fullList,
      asked('SendLocalList', {
        order: {
          versionNumber: 2,
          updateType: 'Differential',
          localAuthorizationList: [{ idToken: tokenOf('masterToken'), idTokenInfo: accepted }],
        },
        expect: {
          versionNumber: realVersion,
          updateType: 'Differential',
          localAuthorizationList: [{ idToken: tokenOf('masterToken'), idTokenInfo: accepted }],
        },
        answer: accepted,
        save: { changeVersion: '$.versionNumber' },
        clause: '2.0.1 D01.FR.16',
      }),
      newerVersion,
    ],
  }),
  case201({
    id: 'D_03',
    title: 'The CSMS takes a token off a local list',
    profile: 'Local Auth List',
    needs: ['token2'],
    moves: [
      ...booted201,
      fullList,
      asked('SendLocalList', {
        order: {
          versionNumber: 2,
          updateType: 'Differential',
          localAuthorizationList: [{ idToken: tokenOf('token2') }],
        },
        expect: {
          versionNumber: realVersion,
          updateType: 'Differential',
          localAuthorizationList: [{ idToken: tokenOf('token2'), idTokenInfo: absent }],
        },
        answer: accepted,
        save: { changeVersion: '$.versionNumber' },
        clause: '2.0.1 D01.FR.17',
      }),
      newerVersion,
    ],
  }),
  case201({
    id: 'D_04',
    title: 'The CSMS empties a local list',
    profile: 'Local Auth List',
    moves: [
      ...booted201,
      asked('SendLocalList', {
        order: { versionNumber: 1, updateType: 'Full' },
        expect: {
          versionNumber: realVersion,
          updateType: 'Full',
          localAuthorizationList: absent,
        },
        answer: accepted,
        clause: '2.0.1 D01.FR.04',
      }),
      stillThere,
    ],
  }),
  case201({
    id: 'D_08',
    title: 'The CSMS asks for the version of a local list',
    profile: 'Local Auth List',
    feature: 'C-LA-2',
    moves: [...booted201, versionAsked(1), stillThere],
  }),
  case201({
    id: 'D_09',
    title: 'The CSMS hears that there is no local list',
    profile: 'Local Auth List',
    moves: [...booted201, versionAsked(0), stillThere],
  }),
]
