import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { any, regex, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201, stillThere } from './states201.ts'

type Status = RequestOf<Actions201, 'PublishFirmwareStatusNotification'>['status']

/** An MD5 [2.0.1 L03.FR.02]; nobody downloads anything. */
const checksum = '5d41402abc4b2a76b9719d911017c592'
const anyChecksum = regex('^[0-9a-fA-F]{32}$')

const published: Move = asked('PublishFirmware', {
  order: { requestId: 917, location: value('firmwareUrl'), checksum },
  expect: { requestId: any, location: value('firmwareUrl'), checksum: anyChecksum },
  answer: { status: 'Accepted' },
  save: { requestId: '$.requestId', checksum: '$.checksum' },
  clause: '2.0.1 L03',
})

/** How far the Local Controller is [2.0.1 L03.FR.01]; where it is published is said then [L03.FR.04]. */
function train(...states: readonly Status[]): readonly Move[] {
  return states.map((is) =>
    call(
      'PublishFirmwareStatusNotification',
      {
        status: is,
        requestId: value('requestId'),
        ...(is === 'Published' && { location: [value('firmwareUrl')] }),
      },
      { clause: '2.0.1 L03' },
    ),
  )
}

/** All that is told until others may download. */
const publication: readonly Status[] = [
  'Downloading',
  'Downloaded',
  'ChecksumVerified',
  'Published',
]

const publishing: readonly (readonly [string, string, readonly Status[]])[] = [
  ['L_17', 'A Local Controller publishes firmware', publication],
  [
    'L_24',
    'A Local Controller cannot download what it is to publish',
    ['Downloading', 'DownloadFailed'],
  ],
  [
    'L_19',
    'A Local Controller downloads something else than it is to publish',
    ['Downloading', 'Downloaded', 'InvalidChecksum'],
  ],
  [
    'L_20',
    'A Local Controller has what it is to publish, and cannot publish it',
    ['Downloading', 'Downloaded', 'ChecksumVerified', 'PublishFailed'],
  ],
]

const withdrawing = [
  ['L_21', 'A Local Controller publishes firmware no longer', 'Unpublished', publication],
  [
    'L_22',
    'A Local Controller has no such firmware, and the CSMS goes on',
    'NoFirmware',
    ['Downloading', 'DownloadFailed'],
  ],
  ['L_23', 'Firmware that is being fetched stays published', 'DownloadOngoing', publication],
] as const

/** Firmware of Local Controllers [2.0.1 L03, L04]. */
export const publications201: readonly ConformanceCase[] = [
  ...publishing.map(([id, title, states]) =>
    case201({
      id,
      title,
      profile: 'Optional',
      moves: [...booted201, published, ...train(...states), stillThere],
    }),
  ),
  ...withdrawing.map(([id, title, is, before]) =>
    case201({
      id,
      title,
      profile: 'Optional',
      moves: [
        ...booted201,
        published,
        ...train(...before),
        asked('UnpublishFirmware', {
          order: { checksum: value('checksum') },
          answer: { status: is },
          clause: '2.0.1 L04',
        }),
        stillThere,
      ],
    }),
  ),
]
