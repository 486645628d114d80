import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { casesOf } from '../src/conformance/cases/catalogue.ts'
import type { ConformanceReport } from '../src/conformance/report/result.ts'
import { whyNot } from '../src/conformance/report/words.ts'
import { defaultFixtures } from '../src/conformance/run/fixtures.ts'
import { knownTokens } from '../src/conformance/run/known-tokens.ts'
import { root } from './helpers/cli.ts'
import { runInMemory } from './helpers/memory-cli.ts'
import { Serve } from './helpers/serve.ts'

type Protocol = 'ocpp1.6' | 'ocpp2.0.1'

/** A fault of `csms serve`, as a script switches it in, and what turns by it. */
interface Fault {
  readonly title: string
  readonly protocol: Protocol
  /** As in a script: all cases that send one of these actions are played. */
  readonly answers: Readonly<Record<string, object>>
  /** In place of all those. */
  readonly cases?: readonly string[]
  /** Ids without `TC_` and `_CSMS`. */
  readonly red: string
  readonly warnings?: string
}

/** `TC_023_1_CSMS` is `023_1`. */
const short = (id: string): string => id.replace(/^TC_|_CSMS$/g, '')

const shipped = parse(
  await readFile(join(root, 'scenarios/serve/faults/everybody-may-charge.yaml'), 'utf8'),
) as { readonly parts: readonly Pick<Fault, 'protocol' | 'answers'>[] }

const answersOf = (protocol: Protocol) =>
  shipped.parts.find((part) => part.protocol === protocol)?.answers ?? {}

/** Longer than a case waits. */
const late = '6s'

const faults: readonly Fault[] = [
  {
    title: 'everybody may charge',
    protocol: 'ocpp1.6',
    answers: answersOf('ocpp1.6'),
    red: '023_1 023_2 023_3',
  },
  {
    title: 'every transaction has the same id',
    protocol: 'ocpp1.6',
    answers: { StartTransaction: { change: { transactionId: 1 } } },
    red: '003 039',
  },
  {
    title: 'meter values are refused',
    protocol: 'ocpp1.6',
    answers: { MeterValues: { callError: 'InternalError' } },
    red: '054 X_RPC_35 X_RPC_37 X_RPC_38',
  },
  {
    title: 'an idTag is "accepted" where it is to be "Accepted"',
    protocol: 'ocpp1.6',
    answers: {
      StopTransaction: {
        with: { idTagInfo: { status: 'accepted' } },
        when: { reason: 'PowerLoss' },
      },
    },
    red: '032_1',
  },
  {
    title: 'the status of diagnostics is never answered',
    protocol: 'ocpp1.6',
    answers: { DiagnosticsStatusNotification: { never: true } },
    red: '045_1 045_2 054',
  },
  {
    title: 'its clock tells the time of another zone',
    protocol: 'ocpp1.6',
    answers: { Heartbeat: { change: { currentTime: '{now+1h}' } } },
    red: '001',
  },
  {
    title: 'what it thinks of data comes too late',
    protocol: 'ocpp1.6',
    answers: { DataTransfer: { after: late } },
    red: '064',
  },
  {
    title: 'everybody may charge',
    protocol: 'ocpp2.0.1',
    answers: answersOf('ocpp2.0.1'),
    red: 'C_02 C_06 C_07',
  },
  {
    title: 'it forgets groups',
    protocol: 'ocpp2.0.1',
    answers: { Authorize: { change: { idTokenInfo: { groupIdToken: '$absent' } } } },
    red: 'C_39 C_43 C_47 C_48 C_49',
  },
  {
    title: 'the second part of a report is never answered',
    protocol: 'ocpp2.0.1',
    answers: { NotifyReport: { never: true, when: { seqNo: 1 } } },
    red: 'B_12 B_13 B_14',
  },
  {
    title: 'it does not know what the status of a log is',
    protocol: 'ocpp2.0.1',
    answers: { LogStatusNotification: { callError: 'NotSupported' } },
    red: 'F_15 N_25 N_35 N_36',
  },
  {
    title: 'what it knows of a customer is answered with a status',
    protocol: 'ocpp2.0.1',
    answers: { NotifyCustomerInformation: { with: { status: 'Accepted' } } },
    red: 'N_27 N_28 N_30 N_31 N_32 N_62 N_46',
  },
  {
    title: 'the end of a reservation is answered too late',
    protocol: 'ocpp2.0.1',
    answers: { ReservationStatusUpdate: { after: late } },
    red: 'H_20',
  },
  {
    title: 'it spells an error code as 1.6 does',
    protocol: 'ocpp2.0.1',
    answers: {
      StatusNotification: {
        raw: '[4,"{messageId}","FormationViolation","",{}]',
        when: { connectorStatus: 'Sleeping' },
      },
    },
    cases: ['X_RPC_01', 'X_RPC_03', 'X_RPC_05', 'X_RPC_06', 'X_RPC_07'],
    red: '',
    warnings: 'X_RPC_07',
  },
]

/** Cases that send one of these actions and may be played beside others. */
function concerned({ protocol, answers, cases }: Fault): readonly string[] {
  if (cases) return cases
  return casesOf(protocol)
    .filter(({ tags }) => !tags.includes('alone') && !tags.includes('slow'))
    .filter(({ moves }) =>
      moves.some((move) => move.kind === 'call' && Object.hasOwn(answers, move.action)),
    )
    .map(({ id }) => id)
}

const stations = (name: string): readonly string[] =>
  Array.from({ length: 8 }, (_, i) => `${name}-${i + 1}`)

/** For everybody: cases of cost want to be told some. */
const prices = {
  tariffs: [{ tariffId: 'ANY', currency: 'EUR', energy: { prices: [{ priceKwh: 0.3 }] } }],
  default: 'ANY',
}

let folder = ''
let serve: Serve
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'csms-faults-'))
  const script = join(folder, 'faults.yaml')
  const tokens = join(folder, 'tokens.json')
  const tariffs = join(folder, 'tariffs.json')
  const parts = faults.map(({ protocol, answers }, at) => ({
    stations: [`F${at}-*`],
    protocol,
    answers,
  }))
  await writeFile(script, JSON.stringify({ name: 'faults', parts }))
  const known = knownTokens(defaultFixtures).map(({ id, group, ...rest }) => ({
    idToken: id,
    ...(group !== undefined && { groupId: group }),
    ...rest,
  }))
  await writeFile(tokens, JSON.stringify(known))
  await writeFile(tariffs, JSON.stringify(prices))
  const knows = ['--tokens', tokens, '--tariffs', tariffs]
  serve = await Serve.start('--script', script, ...knows)
})
afterAll(async () => {
  await serve[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** What `csms conformance` says of the cases, played by stations of this name. */
async function judged(
  name: string,
  protocol: Protocol,
  cases: readonly string[],
): Promise<ConformanceReport> {
  const fixtures = join(folder, `${name}.yaml`)
  await writeFile(fixtures, JSON.stringify({ stations: stations(name) }))
  const judging = ['--protocol', protocol, '--target', serve.url, '--api', serve.api]
  const playing = ['--case', cases.join(','), '--timeout', '4s']
  const { stdout, stderr } = await runInMemory([
    'conformance',
    ...judging,
    ...playing,
    '--fixtures',
    fixtures,
    '--json',
  ])
  if (stdout === '') throw new Error(stderr)
  return JSON.parse(stdout) as ConformanceReport
}

/** Which cases turned, and how; what they say where others did. */
function expectTurned(
  { cases }: ConformanceReport,
  { red, warnings = '' }: Pick<Fault, 'red' | 'warnings'>,
): void {
  const turned = (outcome: 'red' | 'warning') => {
    const ids = cases.filter((one) => one.outcome === outcome).map(({ id }) => short(id))
    return ids.join(' ')
  }
  const words = cases
    .filter(({ outcome }) => outcome === 'red' || outcome === 'warning')
    .map((one) => `${one.id} ${whyNot(one)}`)
  expect({ red: turned('red'), warnings: turned('warning') }, words.join('\n')).toEqual({
    red,
    warnings,
  })
}

describe.concurrent('a fault that a script switches into csms serve turns exactly these cases', () => {
  test.each(faults.map((fault, at) => [fault.protocol, fault.title, at, fault] as const))(
    '%s: %s',
    async (_protocol, _title, at, fault) => {
      expectTurned(await judged(`F${at}`, fault.protocol, concerned(fault)), fault)
    },
    180_000,
  )
})

describe.concurrent('without it they are green', () => {
  test.each(['ocpp1.6', 'ocpp2.0.1'] as const)(
    '%s',
    async (protocol) => {
      const cases = faults.filter((one) => one.protocol === protocol).flatMap(concerned)
      const report = await judged(`SOUND-${protocol}`, protocol, [...new Set(cases)])
      expectTurned(report, { red: '' })
      expect(report.totals.pass).toBeGreaterThan(20)
    },
    180_000,
  )
})
