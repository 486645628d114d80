import { describe, expect, test } from 'vitest'
import {
  type Ear,
  type Fault,
  frameOf,
  playedInMemory,
} from '../../../../test/helpers/memory-conformance.ts'
import { type OcppVersion, ocppVersions } from '../../../ocpp/version.ts'
import { rpcCases } from './x-rpc.ts'

/** WebSocket frames and names of URLs do not exist in memory: those cases are played over sockets. */
const overSockets = /_(23|24|26|31|32)$/

const inMemory = (version: OcppVersion, ids = /./) =>
  rpcCases.filter((one) => one.version === version && !overSockets.test(one.id) && ids.test(one.id))

test.each([
  ['ocpp1.6', 36],
  ['ocpp2.0.1', 38],
  ['ocpp2.1', 39],
] as const)('%s has %i cases, and 40 ids are used', (version, count) => {
  expect(rpcCases.filter((one) => one.version === version)).toHaveLength(count)
  expect(new Set(rpcCases.map(({ id }) => id)).size).toBe(40)
})

test.each([
  ['ocpp1.6', /2\.0\.1 |2\.1 /],
  ['ocpp2.0.1', /1\.6|(^|, )2\.1 /],
  ['ocpp2.1', /1\.6|2\.0\.1 /],
] as const)('%s: cases cite the documents of no other version', async (version, others) => {
  const cases = rpcCases.filter((one) => one.version === version)
  const written = cases.flatMap(({ moves }) =>
    moves.flatMap((move) => ('clause' in move ? [move.clause] : [])),
  )
  const results = await playedInMemory({ version, cases: inMemory(version, /_(01|12|13|18|33)$/) })
  const cited = results.flatMap(({ checks }) => checks.map(({ clause }) => clause))
  expect(cited.length).toBeGreaterThan(5)
  expect([...written, ...cited].filter((clause) => others.test(clause))).toEqual([])
})

test.each(ocppVersions)('%s: csms passes them', async (version) => {
  const results = await playedInMemory({ version, cases: inMemory(version) })
  expect(results.filter(({ verdict }) => verdict !== 'pass')).toEqual([])
})

/** What a faulty CSMS is, in which version, which cases see it, and which of those are played. */
interface Row extends Fault {
  readonly is: string
  /** Default 1.6. */
  readonly version?: OcppVersion
  /** Ids of the cases that must be red, of those that `among` lets play. */
  readonly red: string
  readonly among?: RegExp
}

/** Answers CALLs that `wanted` takes with this, whatever the CSMS would say. */
function answering(
  wanted: (action: string, payload: Readonly<Record<string, unknown>>, ear: Ear) => boolean,
  answer: (id: unknown) => readonly unknown[],
): Pick<Fault, 'hears'> {
  return {
    hears(text, ear) {
      const [type, id, action, payload] = frameOf(text)
      const fields = (payload ?? {}) as Readonly<Record<string, unknown>>
      if (type !== 2 || !wanted(String(action), fields, ear)) return undefined
      ear.reply(answer(id))
      return null
    },
  }
}

const internalError = (id: unknown) => [4, id, 'InternalError', '', {}]
const nothing = (id: unknown) => [3, id, {}]

const rows: readonly Row[] = [
  {
    is: 'answers what it does not know',
    ...answering((action) => action === 'MakeCoffee', nothing),
    red: '01',
  },
  {
    is: 'reads actions in any case',
    hears: (text) => text.replace('"heartbeat"', '"Heartbeat"'),
    red: '02',
  },
  {
    is: 'looks at no schema',
    says: (text) =>
      text.replace(/^\[4,("[^"]+"),"\w+Violation",.*$/s, (_, id: string) => `[3,${id},{}]`),
    red: '03 04 06 07 09',
  },
  {
    is: 'drops what has no payload',
    hears: (text) => (text.endsWith(',null]') ? null : undefined),
    red: '08',
  },
  {
    is: 'hangs up on frames of the wrong length',
    hears(text, { close }) {
      if (![3, 5].includes(frameOf(text).length) || frameOf(text)[0] !== 2) return undefined
      close()
      return null
    },
    red: '09',
  },
  {
    is: 'cuts message ids off',
    says: (text) => text.replace(/^(\[3,"[^"]{35})[^"]"/, '$1"'),
    red: '11',
  },
  {
    is: 'knows every message id for ever',
    hears: (text, { heard }) =>
      frameOf(text)[0] === 2 && heard.some((one) => frameOf(one)[1] === frameOf(text)[1])
        ? null
        : undefined,
    red: '13',
  },
  {
    is: 'drops what comes before its last answer',
    hears: (text, { heard }) =>
      frameOf(text)[2] === 'Heartbeat' && frameOf(heard.at(-1) ?? '')[2] === 'Heartbeat'
        ? null
        : undefined,
    among: /_14$/,
    red: '14',
  },
  {
    is: 'answers answers',
    hears(text, { reply }) {
      const [type, id] = frameOf(text)
      if (type === 3 || type === 4) reply(internalError(id))
      return undefined
    },
    among: /_1[789]$/,
    red: '17 18 19',
  },
  {
    is: 'answers errors about its answers',
    version: 'ocpp2.1',
    hears(text, { reply }) {
      const [type, id] = frameOf(text)
      if (type === 5) reply(internalError(id))
      return undefined
    },
    among: /_18$/,
    red: '18',
  },
  {
    is: 'never speaks again to who refused',
    hears: (_text, { heard }) => (heard.some((one) => frameOf(one)[0] === 4) ? null : undefined),
    among: /_16$/,
    red: '16',
  },
  {
    is: 'chokes on what is no JSON',
    hears: (_text, { heard }) => (heard.includes('this is not JSON') ? null : undefined),
    among: /_20$/,
    red: '20',
  },
  {
    is: 'takes every type for a CALL',
    hears: (text) => text.replace(/^\[9,/, '[2,'),
    red: '21',
  },
  {
    is: 'answers SEND',
    version: 'ocpp2.1',
    hears(text, { reply }) {
      const [type, id] = frameOf(text)
      if (type === 6) reply([3, id, {}])
      return undefined
    },
    red: '22',
  },
  {
    is: 'is stunned by a megabyte',
    hears: (text, { heard }) =>
      [text, ...heard].some(({ length }) => length > 2 ** 20) ? null : undefined,
    among: /_25$/,
    red: '25',
  },
  {
    is: 'listens to the first of two connections only',
    hears: (_text, { connection }) => (connection > 1 ? null : undefined),
    among: /_27$/,
    red: '27',
  },
  {
    is: 'lets a station in once',
    refuses: (connection) => connection > 1,
    among: /_2[78]$/,
    red: '28',
  },
  {
    is: 'reads no offsets',
    ...answering(
      (_action, { timestamp }) => /[+-]\d\d:\d\d$/.test(String(timestamp)),
      internalError,
    ),
    red: '29',
  },
  {
    is: 'reads no customData',
    version: 'ocpp2.0.1',
    ...answering((_action, payload) => 'customData' in payload, internalError),
    red: '30',
  },
  {
    is: 'lives in another time zone',
    says: (text) =>
      text.replace(/"currentTime":"([^"]+)"/, (_, time: string) => {
        return `"currentTime":"${new Date(Date.parse(time) + 3_600_000).toISOString()}"`
      }),
    red: '33',
  },
  {
    is: 'wants transactions to have an id of its own',
    ...answering((_action, { transactionId }) => Number(transactionId) <= 0, internalError),
    red: '35',
  },
  {
    is: 'knows all its transactions',
    ...answering((_action, { transactionId }) => transactionId === 2_000_000_011, internalError),
    red: '36 37',
  },
  {
    is: 'knows all its transactions',
    version: 'ocpp2.0.1',
    ...answering((_action, { seqNo }) => seqNo === 7, internalError),
    red: '36',
  },
  {
    is: 'meters transactions only',
    ...answering(
      (action, { transactionId }) => action === 'MeterValues' && transactionId === undefined,
      internalError,
    ),
    red: '37',
  },
  {
    is: 'has no patience with old news',
    ...answering(
      (action, { timestamp }) =>
        action === 'StartTransaction' && Date.parse(String(timestamp)) < Date.UTC(2025, 11, 31),
      (id) => [3, id, { transactionId: 1, idTagInfo: { status: 'Invalid' } }],
    ),
    red: '38',
  },
  {
    is: 'wants events in their order',
    version: 'ocpp2.0.1',
    ...answering(
      (action, { seqNo }, { heard }) =>
        action === 'TransactionEvent' &&
        heard.some((one) => {
          const [, , , payload] = frameOf(one)
          return Number((payload as { seqNo?: number } | undefined)?.seqNo) > Number(seqNo)
        }),
      internalError,
    ),
    among: /_39$/,
    red: '39',
  },
  {
    is: 'takes a retry for a second transaction',
    version: 'ocpp2.0.1',
    ...answering(
      (_action, payload, { heard }) =>
        payload['eventType'] === 'Started' &&
        heard.some((one) => (frameOf(one)[3] as { eventType?: string })?.eventType === 'Started'),
      (id) => [3, id, { idTokenInfo: { status: 'ConcurrentTx' } }],
    ),
    among: /_40$/,
    red: '40',
  },
]

describe('a CSMS that', () => {
  test.each(rows)('$is', async ({ version = 'ocpp1.6', among, red, ...fault }) => {
    const results = await playedInMemory({ version, cases: inMemory(version, among), fault })
    const failed = results.filter(({ verdict }) => verdict === 'fail' || verdict === 'error')
    expect(failed.map(({ id }) => id.slice(-2)).join(' ')).toBe(red)
  })
})
