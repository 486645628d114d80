import type { RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { ConformanceCase, Move } from '../case.ts'
import { absent, any, inAnyOrder } from '../values.ts'
import { reports } from './device-model21.ts'
import { asked, case21 } from './moves21.ts'
import { booted21, stillThere } from './states21.ts'

type Content = RequestOf<Actions21, 'SetDisplayMessage'>['message']['message']
type Status = ResponseOf<Actions21, 'SetDisplayMessage'>['status']

/** The CSMS has the same shown in these languages, the first of which is the usual one [2.1 O01]. */
function shown([usual, ...others]: readonly [Content, ...Content[]], status: Status): Move {
  const messageExtra = others.length > 0 && others
  return asked('SetDisplayMessage', {
    order: {
      message: {
        id: 751,
        priority: 'NormalCycle',
        message: usual,
        ...(messageExtra && { messageExtra }),
      },
    },
    expect: {
      message: {
        id: any,
        priority: 'NormalCycle',
        transactionId: absent,
        message: usual,
        messageExtra: messageExtra ? inAnyOrder(messageExtra) : absent,
      },
    },
    answer: { status },
    clause: '2.1 O01.FR.04, FR.17',
  })
}

const english = { format: 'UTF8', language: 'en', content: 'Welcome' } as const
const dutch = { format: 'UTF8', language: 'nl', content: 'Welkom' } as const

/** O. Messages in several languages. */
export const languages21: readonly ConformanceCase[] = [
  case21({
    id: 'O_100',
    title: 'A language that the station does not know, and the CSMS goes on',
    profile: 'Advanced UI',
    moves: [...booted21, shown([dutch], 'LanguageNotSupported'), stillThere],
  }),
  case21({
    id: 'O_101',
    title: 'The CSMS has a message shown in the language of the driver',
    profile: 'Advanced UI',
    moves: [
      ...booted21,
      ...reports({ 'DisplayMessageCtrlr.Language': { option: 'en', of: ['en', 'nl'] } }),
      shown([english, dutch], 'Accepted'),
      stillThere,
    ],
  }),
]
