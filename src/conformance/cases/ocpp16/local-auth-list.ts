import type { ConformanceCase, Move } from '../case.ts'
import { does } from '../moves.ts'
import { any, value } from '../values.ts'
import { asked, case16 } from './moves16.ts'
import { alive, booted16 } from './states16.ts'

const group = 'LocalAuthListManagement'

function version(listVersion: number): Move {
  return asked('GetLocalListVersion', { order: {}, answer: { listVersion }, clause: '1.6 5.10' })
}

/** -1 and 0 are for the answers of stations: no list has such a version [1.6 errata 3.52]. */
const realVersion = { $between: [1, 2 ** 31 - 1] } as const

/** What it holds beside is the CSMS's own business. */
const complete = does('entries', (scene) => {
  const found = scene.values.get('list')
  const list: readonly Entry[] = Array.isArray(found) ? found.filter(isEntry) : []
  const bare = list.filter(({ idTagInfo }) => !idTagInfo).map(({ idTag }) => idTag)
  scene.check('entries have idTagInfo', bare.length === 0, {
    detail: bare.length === 0 ? 'every entry has it' : `not so ${bare.join(', ')}`,
    clause: '1.6 7.1',
  })
  const token = scene.values.get('token')
  const [entry] = list.filter(({ idTag }) => idTag === token)
  scene.check('the idTag is on the list', entry?.idTagInfo?.status === 'Accepted', {
    detail: entry
      ? `${entry.idTag} is ${entry.idTagInfo?.status ?? 'without status'}`
      : `${String(token)} is not among ${list.length} entries`,
    clause: '1.6 5.15',
  })
})

interface Entry {
  readonly idTag: string
  readonly idTagInfo?: { readonly status: string }
}

function isEntry(one: unknown): one is Entry {
  return typeof (one as Partial<Entry> | null)?.idTag === 'string'
}

function list(
  updateType: 'Full' | 'Differential',
  listVersion: number,
  answer: 'Accepted' | 'Failed' | 'NotSupported',
): readonly Move[] {
  return [
    asked('SendLocalList', {
      order: {
        listVersion,
        updateType,
        localAuthorizationList: [{ idTag: value('token'), idTagInfo: { status: 'Accepted' } }],
      },
      expect: { listVersion: realVersion, updateType, localAuthorizationList: any },
      save: { list: '$.localAuthorizationList', listVersion: '$.listVersion' },
      answer: { status: answer },
      clause: '1.6 5.15',
    }),
    complete,
  ]
}

/** Lists of idTags that stations know by heart. */
export const localAuthList16: readonly ConformanceCase[] = [
  case16({
    id: '042_1',
    title: 'A station that knows no local lists tells version -1',
    group,
    moves: [...booted16, version(-1), alive],
  }),
  case16({
    id: '042_2',
    title: 'A station with an empty local list tells version 0',
    group,
    moves: [...booted16, version(0), alive],
  }),
  case16({
    id: '043_1',
    title: 'A station that knows no local lists gets one',
    group,
    moves: [...booted16, ...list('Full', 1, 'NotSupported'), alive],
  }),
  case16({
    id: '043_3',
    title: 'A local list could not be stored',
    group,
    moves: [...booted16, ...list('Full', 1, 'Failed'), alive],
  }),
  case16({
    id: '043_4',
    title: 'A local list is replaced',
    group,
    moves: [...booted16, ...list('Full', 1, 'Accepted'), alive],
  }),
  case16({
    id: '043_5',
    title: 'A local list is changed: the version rises',
    group,
    moves: [
      ...booted16,
      ...list('Full', 1, 'Accepted'),
      does('the version so far', ({ values }) => values.set('before', values.get('listVersion'))),
      ...list('Differential', 2, 'Accepted'),
      does('the version rises', (scene) => {
        const [before, after] = [
          Number(scene.values.get('before')),
          Number(scene.values.get('listVersion')),
        ]
        scene.check('listVersion rises', after > before, {
          detail: `${before}, then ${after}`,
          clause: '1.6 5.15',
        })
      }),
      alive,
    ],
  }),
]
