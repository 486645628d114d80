import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { refusals } from '../src/simulator/station/refusals.ts'
import { type BareStation, dialStation } from './helpers/bare-station.ts'
import { csmsCalls16 } from './helpers/csms-calls16.ts'
import { Serve } from './helpers/serve.ts'

/** How long serve waits for an answer: longer than a busy machine keeps anybody from giving one. */
const timeoutMs = 4_000

let serve: Serve
beforeAll(async () => {
  serve = await Serve.start('--call-timeout', `${timeoutMs}ms`)
})
afterAll(async () => {
  // Whatever they answered, or did not: nothing of serve broke, and nothing was said beside its log.
  expect(await ready()).toBe(200)
  expect(serve.child.lines.filter(({ type }) => type === 'handlerFailed')).toEqual([])
  expect(await measure('csms_handler_failures_total')).toBe(0)
  expect(serve.child.stderr).toBe('')
  await serve[Symbol.asyncDispose]()
})

async function ready(): Promise<number> {
  return (await fetch(`${serve.api}/health/ready`)).status
}

async function measure(name: string): Promise<number> {
  const text = await (await fetch(`${serve.api}/metrics`)).text()
  const line = text
    .split('\n')
    .find((one) => one.startsWith(`${name} `) || one.startsWith(`${name}{`))
  return Number(line?.split(' ').at(-1))
}

async function booted(id: string): Promise<BareStation> {
  const station = await dialStation(`${serve.url}/${id}`, 'ocpp1.6')
  await station.boot('ocpp1.6')
  return station
}

interface Told {
  readonly status: number
  readonly body: unknown
}

async function command(id: string, action: string, payload: object, wait = ''): Promise<Told> {
  const url = `${serve.api}/api/v1/stations/${id}/commands/${action}${wait && `?wait=${wait}`}`
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(payload) })
  return { status: response.status, body: (await response.json()) as unknown }
}

/** What a station says to the CALL of this id, at once or later, and what its operator must hear. */
interface Awkwardness {
  says(station: BareStation, id: string, action: string): void
  readonly told: (action: string) => object
  /** Nothing is told before the timeout. */
  readonly silent?: boolean
  /** Left out: it can be done with every action. */
  readonly possible?: (action: string) => boolean
}

const send = (station: BareStation, frame: readonly unknown[]) =>
  station.socket.send(JSON.stringify(frame))
const statusOf = (action: string) => refusals['ocpp1.6'][action]
const answered = (payload: object) => ({ status: 200, body: { status: 'answered', payload } })
const callError = (code: string) => ({ status: 200, body: { status: 'callError', code } })
const problem = (status: number, code: string) => ({ status, body: { error: { code } } })

/** Answers that come when serve has given up waiting. */
const late: (() => void)[] = []

const kinds: Readonly<Record<string, Awkwardness>> = {
  rejects: {
    possible: (action) => statusOf(action) !== undefined,
    says: (station, id, action) => send(station, [3, id, { status: statusOf(action) }]),
    told: (action) => answered({ status: statusOf(action) }),
  },
  errs: {
    says: (station, id) => send(station, [4, id, 'InternalError', 'on purpose', {}]),
    told: () => callError('InternalError'),
  },
  'errs-with-a-code-of-its-own': {
    says: (station, id) => send(station, [4, id, 'DontWantTo', '', {}]),
    told: () => callError('DontWantTo'),
  },
  ignores: {
    says: () => undefined,
    told: () => problem(504, 'TIMEOUT'),
    silent: true,
  },
  delays: {
    says: (station, id, action) =>
      void late.push(() => send(station, [3, id, csmsCallOf(action).accepted])),
    told: () => problem(504, 'TIMEOUT'),
    silent: true,
  },
  'answers-garbage': {
    says: (station, id) => send(station, [3, id, { garbage: true }]),
    told: () => problem(502, 'INVALID_ANSWER'),
  },
  'answers-what-was-not-asked': {
    says: (station, id) =>
      send(station, [
        3,
        id,
        { status: 'Accepted', currentTime: '2026-01-01T00:00:00Z', interval: 9 },
      ]),
    told: () => problem(502, 'INVALID_ANSWER'),
  },
  'makes-noise': {
    says: (station) => station.socket.send('}garbage{'),
    told: () => problem(504, 'TIMEOUT'),
    silent: true,
  },
}

const actions = Object.keys(csmsCalls16)

function csmsCallOf(action: string): { readonly request: object; readonly accepted: object } {
  const call = Object.entries(csmsCalls16).find(([name]) => name === action)?.[1]
  if (!call) throw new Error(`no CALL of ${action}`)
  return call
}

/** Does wrong with the first CALL, and right from then on. */
function makeAwkward(station: BareStation, { says }: Awkwardness): void {
  let first = true
  station.serve = (action) => {
    if (!first) return csmsCallOf(action).accepted
    first = false
    says(station, String(station.heard.at(-1)?.[1]), action)
    return undefined
  }
}

/** A session of a station that has nothing to do with it, one exchange after the other. */
async function charge(station: BareStation, samples: number): Promise<void> {
  const timestamp = new Date().toISOString()
  const start = { connectorId: 1, idTag: 'T1', meterStart: 0, timestamp }
  const { transactionId } = await station.ask('StartTransaction', start)
  for (let i = 0; i < samples; i += 1) {
    const meterValue = [{ timestamp, sampledValue: [{ value: String(i) }] }]
    await station.ask('MeterValues', { connectorId: 1, transactionId, meterValue })
  }
  await station.ask('StopTransaction', { transactionId, meterStop: samples, timestamp })
}

describe.each(Object.entries(kinds))('a station that %s', (name, kind) => {
  const ordinal = Object.keys(kinds).indexOf(name)
  const asked = actions.filter((action) => kind.possible?.(action) ?? true)

  test(`${asked.length} actions: the operator is told so, others charge, the next CALL is as any`, async () => {
    const stations = await Promise.all(
      asked.map(async (action) => {
        const id = `${action}-${ordinal}`
        const station = await booted(id)
        makeAwkward(station, kind)
        return { id, action, station }
      }),
    )
    const bystander = await booted(`beside-${ordinal}`)
    let underWay = stations.length
    const ends = stations.map(async ({ id, action }) => {
      const told = await command(id, action, csmsCallOf(action).request)
      underWay -= 1
      return { action, told }
    })
    await charge(bystander, 10)
    if (kind.silent) expect(underWay).toBe(stations.length)
    expect(await ready()).toBe(200)
    for (const { action, told } of await Promise.all(ends)) {
      expect(told, action).toMatchObject(kind.told(action))
    }
    const lateBefore = await measure('csms_late_answers_total')
    const overdue = late.splice(0)
    for (const answer of overdue) answer()
    const next = await Promise.all(stations.map(({ id }) => command(id, 'ClearCache', {})))
    for (const told of next) expect(told).toMatchObject(answered({ status: 'Accepted' }))
    const lateAnswers = (await measure('csms_late_answers_total')) - lateBefore
    expect(lateAnswers).toBe(overdue.length)
    for (const { station } of stations) {
      expect(station.closedWith).toBeUndefined()
      station.socket.close()
    }
  })
})

test('what waits behind a CALL that is never answered is sent after its timeout, or told', async () => {
  const station = await booted('stuck')
  const heard = new Promise<void>((resolve) => {
    makeAwkward(station, { says: () => resolve(), told: () => ({}) })
  })
  const stuck = command('stuck', 'Reset', { type: 'Soft' }, '1s')
  await heard
  const impatient = command('stuck', 'UnlockConnector', { connectorId: 1 }, '200ms')
  const patient = command('stuck', 'ClearCache', {}, '20s')
  expect(await impatient).toMatchObject(problem(504, 'TIMEOUT'))
  expect(await stuck).toMatchObject(problem(504, 'TIMEOUT'))
  expect(await patient).toMatchObject(answered({ status: 'Accepted' }))
  const calls = station.heard.filter(([type]) => type === 2).map(([, , action]) => action)
  expect(calls).toEqual(['Reset', 'ClearCache'])
})

test('one that goes away without an answer leaves nothing behind', async () => {
  const station = await booted('leaver')
  station.serve = () => {
    station.socket.terminate()
    return undefined
  }
  // Whichever comes first.
  const told = await Promise.all(
    ['ClearCache', 'ClearCache'].map((it) => command('leaver', it, {})),
  )
  expect(told.sort((a, b) => b.status - a.status)).toMatchObject([
    problem(502, 'CONNECTION_LOST'),
    problem(409, 'STATION_OFFLINE'),
  ])
  const again = await booted('leaver')
  makeAwkward(again, { says: (one, id) => send(one, [3, id, {}]), told: () => ({}) })
  expect(
    await command('leaver', 'UpdateFirmware', csmsCallOf('UpdateFirmware').request),
  ).toMatchObject(answered({}))
})
