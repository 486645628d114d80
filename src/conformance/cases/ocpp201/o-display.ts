import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { ConformanceCase, Move, Saves } from '../case.ts'
import { moment, sameMoment } from '../moments.ts'
import { transactionId } from '../transaction-events.ts'
import { absent, any, type Matching, type ValueRef, value } from '../values.ts'
import { asked, call, case201 } from './moves201.ts'
import { booted201, charging, stillThere, unplugged } from './states201.ts'

type Message = RequestOf<Actions201, 'SetDisplayMessage'>['message']
type Query = Omit<RequestOf<Actions201, 'GetDisplayMessages'>, 'requestId'>
type Answer =
  | 'Accepted'
  | 'NotSupportedMessageFormat'
  | 'Rejected'
  | 'NotSupportedPriority'
  | 'NotSupportedState'
  | 'UnknownTransaction'

interface Shown {
  readonly id?: number | ValueRef
  readonly priority?: Message['priority']
  readonly state?: NonNullable<Message['state']>
  readonly format?: Message['message']['format']
  readonly transactionId?: ValueRef
  readonly startDateTime?: ValueRef
  readonly endDateTime?: ValueRef
  /** It is shown from now on, and the CSMS is not to say so by a time. */
  readonly atOnce?: true
  readonly answer?: Answer
}

/**
 * The CSMS sends a message as it was ordered. Only its id is its own, and from when on it is shown
 * where nobody said so; of a transaction it is only if that was ordered [2.0.1 O01.FR.04].
 */
export function shown({
  id = 501,
  priority = 'NormalCycle',
  format = 'UTF8',
  answer = 'Accepted',
  startDateTime,
  endDateTime,
  atOnce,
  ...more
}: Shown = {}): Move {
  const told = { priority, ...more, message: { format, content: 'Welcome' } }
  const dates = {
    ...(startDateTime && { startDateTime }),
    ...(endDateTime && { endDateTime }),
  }
  return asked('SetDisplayMessage', {
    order: { message: { ...told, ...dates, id } },
    expect: {
      message: {
        state: absent,
        transactionId: absent,
        ...told,
        id: typeof id === 'number' ? any : id,
        ...(startDateTime && { startDateTime: any }),
        ...(atOnce && { startDateTime: absent }),
        endDateTime: endDateTime ? any : absent,
      },
    },
    answer: { status: answer },
    save: {
      messageId: '$.message.id',
      startDateTime: '$.message.startDateTime',
      endDateTime: '$.message.endDateTime',
    },
    clause: more.transactionId ? '2.0.1 O02' : '2.0.1 O01.FR.04',
  })
}

interface Asked {
  readonly query?: { readonly [Key in keyof Query]: Query[Key] | readonly ValueRef[] }
  readonly expect?: Matching<Query>
  readonly answer?: 'Accepted' | 'Unknown'
}

/** The CSMS asks for messages by exactly these criteria. */
function sought({ query = {}, answer = 'Accepted' }: Asked = {}): Move {
  const none = { id: absent, priority: absent, state: absent }
  const save: Saves = { requestId: '$.requestId' }
  return asked('GetDisplayMessages', {
    order: { ...(query as Query), requestId: 502 },
    expect: { ...none, ...(query as Matching<Query> & object), requestId: any },
    answer: { status: answer },
    save,
    clause: Object.keys(query).length === 0 ? '2.0.1 O03' : '2.0.1 O04',
  })
}

/** The station tells the message that it has. */
const told: Move = call(
  'NotifyDisplayMessages',
  {
    requestId: value('requestId'),
    messageInfo: [
      {
        id: value('messageId'),
        priority: 'NormalCycle',
        state: 'Charging',
        message: { format: 'UTF8', content: 'Welcome' },
      },
    ],
  },
  { clause: '2.0.1 O03, O04' },
)

function cleared(answer: 'Accepted' | 'Unknown', id: number | ValueRef): Move {
  return asked('ClearDisplayMessage', {
    order: { id },
    answer: { status: answer },
    clause: '2.0.1 O05',
  })
}

const from = [
  moment('shownFrom', 60),
  shown({ startDateTime: value('shownFrom') }),
  sameMoment('startDateTime', 'shownFrom', '2.0.1 O01.FR.05'),
]
const until = [
  moment('shownUntil', 120),
  shown({ endDateTime: value('shownUntil') }),
  sameMoment('endDateTime', 'shownUntil', '2.0.1 O01.FR.05'),
]

interface Row {
  readonly id: string
  readonly title: string
  readonly moves: readonly Move[]
}

const setting: readonly Row[] = [
  {
    id: 'O_01',
    title: 'The CSMS has a message shown',
    moves: [...booted201, shown({ state: 'Idle' }), stillThere],
  },
  {
    id: 'O_06',
    title: 'The CSMS has a message shown as long as a transaction goes on',
    moves: [...charging, shown({ transactionId: transactionId() }), ...unplugged],
  },
  {
    id: 'O_10',
    title: 'A message for a transaction that the station does not know, and the CSMS goes on',
    moves: [
      ...charging,
      shown({ transactionId: transactionId(), answer: 'UnknownTransaction' }),
      ...unplugged,
    ],
  },
  {
    id: 'O_12',
    title: 'The CSMS puts a message in the place of another: the same id',
    moves: [
      ...booted201,
      shown(),
      shown({ id: value('messageId'), priority: 'InFront' }),
      stillThere,
    ],
  },
  {
    id: 'O_13',
    title: 'The CSMS has a message shown from a time on',
    moves: [...booted201, ...from, stillThere],
  },
  {
    id: 'O_14',
    title: 'The CSMS has a message shown until a time',
    moves: [...booted201, ...until, stillThere],
  },
  {
    id: 'O_17',
    title: 'A priority that the station does not have, and the CSMS goes on',
    moves: [
      ...booted201,
      shown({ priority: 'AlwaysFront', answer: 'NotSupportedPriority' }),
      stillThere,
    ],
  },
  {
    id: 'O_18',
    title: 'A state that the station shows nothing in, and the CSMS goes on',
    moves: [...booted201, shown({ state: 'Faulted', answer: 'NotSupportedState' }), stillThere],
  },
  {
    id: 'O_19',
    title: 'A format that the station cannot show, and the CSMS goes on',
    moves: [
      ...booted201,
      shown({ format: 'HTML', answer: 'NotSupportedMessageFormat' }),
      stillThere,
    ],
  },
  {
    id: 'O_25',
    title: 'The CSMS has a message shown while the station charges',
    moves: [...booted201, shown({ state: 'Charging' }), stillThere],
  },
  {
    id: 'O_26',
    title: 'A station that takes no message says so, and the CSMS goes on',
    moves: [...booted201, shown({ answer: 'Rejected' }), stillThere],
  },
  {
    id: 'O_27',
    title: 'The CSMS has a message shown in a transaction, from a time on',
    moves: [
      ...charging,
      moment('shownFrom', 60),
      shown({ transactionId: transactionId(), startDateTime: value('shownFrom') }),
      sameMoment('startDateTime', 'shownFrom', '2.0.1 O02'),
      ...unplugged,
    ],
  },
  {
    id: 'O_28',
    title: 'The CSMS has a message shown in a state of a transaction, until a time',
    moves: [
      ...charging,
      moment('shownUntil', 120),
      shown({
        transactionId: transactionId(),
        state: 'Charging',
        endDateTime: value('shownUntil'),
      }),
      sameMoment('endDateTime', 'shownUntil', '2.0.1 O02'),
      ...unplugged,
    ],
  },
]

const asking: readonly Row[] = [
  {
    id: 'O_02',
    title: 'The CSMS reads every message',
    moves: [...booted201, shown(), sought(), told],
  },
  {
    id: 'O_03',
    title: 'A station has no message, and the CSMS goes on',
    moves: [...booted201, sought({ answer: 'Unknown' }), stillThere],
  },
  {
    id: 'O_04',
    title: 'The CSMS takes a message away by its id',
    moves: [...booted201, shown(), cleared('Accepted', value('messageId')), stillThere],
  },
  {
    id: 'O_05',
    title: 'A message that the station does not have cannot be taken away, and the CSMS goes on',
    moves: [...booted201, cleared('Unknown', 599), stillThere],
  },
  {
    id: 'O_07',
    title: 'The CSMS reads a message by its id',
    moves: [...booted201, shown(), sought({ query: { id: [value('messageId')] } }), told],
  },
  {
    id: 'O_08',
    title: 'The CSMS reads the messages of a priority',
    moves: [...booted201, shown(), sought({ query: { priority: 'NormalCycle' } }), told],
  },
  {
    id: 'O_09',
    title: 'The CSMS reads the messages of a state',
    moves: [
      ...booted201,
      shown({ state: 'Charging' }),
      sought({ query: { state: 'Charging' } }),
      told,
    ],
  },
  {
    id: 'O_11',
    title: 'The CSMS asks for a message that is not there, and goes on',
    moves: [...booted201, shown(), sought({ query: { id: [599] }, answer: 'Unknown' }), stillThere],
  },
]

/** Not asked for by the profile [Part 5]. */
const optional = ['O_11', 'O_25']

/** O. Display messages. */
export const display201: readonly ConformanceCase[] = [...setting, ...asking]
  .map((row) =>
    case201({ ...row, profile: optional.includes(row.id) ? 'Optional' : 'Advanced UI' }),
  )
  .sort((one, other) => one.id.localeCompare(other.id))
