import { describe, expect, test } from 'vitest'
import { memoryScript } from '../../../test/helpers/memory-script.ts'
import type { OcppVersion } from '../../ocpp/version.ts'

const boot16 = { chargePointVendor: 'Acme', chargePointModel: 'AC22' }

describe('answers', () => {
  test('the n-th answer of a list is for the n-th CALL; after the list csms answers by itself', async () => {
    const csms = memoryScript(`
answers:
  Heartbeat:
    - { with: { currentTime: never } }
    - own
    - { callError: InternalError, description: "sorry, {id}" }`)
    const station = await csms.boot('CP1')
    expect(await station.call('Heartbeat', {})).toEqual([3, 's2', { currentTime: 'never' }])
    expect(await station.ask('Heartbeat', {})).toEqual({ currentTime: '2026-01-01T00:00:00.000Z' })
    expect(await station.call('Heartbeat', {})).toEqual([
      4,
      's4',
      'InternalError',
      'sorry, CP1',
      {},
    ])
    expect(await station.verdict('Heartbeat', {})).toBe('result')
  })

  test('one answer without a list is for every CALL; `times` bounds it', async () => {
    const csms = memoryScript(`
answers:
  Heartbeat: { callError: GenericError, times: 2 }
  Authorize: { callError: InternalError }`)
    const station = await csms.boot('CP1')
    const said = []
    for (let i = 0; i < 3; i += 1) said.push(await station.verdict('Heartbeat', {}))
    expect(said).toEqual(['GenericError', 'GenericError', 'result'])
    for (let i = 0; i < 3; i += 1) {
      expect(await station.verdict('Authorize', { idTag: 'A' })).toBe('InternalError')
    }
  })

  test('`when` picks the CALLs an answer is for', async () => {
    const csms = memoryScript(`
answers:
  Authorize: { when: { idTag: { $regex: "^BAD" } }, with: { idTagInfo: { status: Blocked } } }`)
    const station = await csms.boot('CP1')
    expect(await station.ask('Authorize', { idTag: 'GOOD' })).toMatchObject({
      idTagInfo: { status: 'Accepted' },
    })
    expect(await station.ask('Authorize', { idTag: 'BAD1' })).toEqual({
      idTagInfo: { status: 'Blocked' },
    })
  })

  test("`change` puts values into csms's own answer, and leaves keys out", async () => {
    const csms = memoryScript(`
answers:
  BootNotification: { change: { interval: 7, currentTime: $absent } }
  Authorize: { change: { idTagInfo: { parentIdTag: "{request.idTag}-P" } } }`)
    const station = csms.connect('CP1')
    expect(await station.boot('ocpp1.6')).toEqual({ status: 'Accepted', interval: 7 })
    expect(await station.ask('Authorize', { idTag: 'A' })).toEqual({
      idTagInfo: { status: 'Accepted', parentIdTag: 'A-P' },
    })
    // Wrong on purpose is no fault of csms.
    expect(csms.domain.counters.handlerFailures).toBe(0)
  })

  test('[1.6 4.2] a station is held to what it was told at boot, not to what csms would have told it', async () => {
    const csms = memoryScript(`
answers:
  BootNotification: [{ change: { status: Pending } }, { never: true }, { callError: InternalError }]`)
    const station = csms.connect('CP1')
    expect(await station.boot('ocpp1.6')).toMatchObject({ status: 'Pending' })
    expect(await station.verdict('Heartbeat', {})).toBe('SecurityError')
    void station.call('BootNotification', boot16)
    await csms.clock.run(0)
    expect(csms.gateway.station('CP1')?.record.registration).toBe('Pending')
    expect(await station.verdict('BootNotification', boot16)).toBe('InternalError')
    expect(csms.gateway.station('CP1')?.record.registration).toBe('Pending')
    expect(await station.boot('ocpp1.6')).toMatchObject({ status: 'Accepted' })
    expect(await station.verdict('Heartbeat', {})).toBe('result')
  })

  test('silence is silence: the next CALL is served', async () => {
    const csms = memoryScript('answers: { Heartbeat: [{ never: true }] }')
    const station = await csms.boot('CP1')
    void station.call('Heartbeat', {})
    await csms.clock.run(60_000)
    expect(station.heard.filter(([, id]) => id === 's2')).toEqual([])
    expect(await station.verdict('Heartbeat', {})).toBe('result')
  })

  test('a delayed answer leaves the time in between to others', async () => {
    const csms = memoryScript('answers: { Heartbeat: [{ after: 5s }] }')
    const station = await csms.boot('CP1')
    const slow = station.call('Heartbeat', {})
    await csms.clock.run(4_999)
    expect(await station.verdict('Heartbeat', {})).toBe('result')
    await csms.clock.run(1)
    expect(await slow).toEqual([3, 's2', { currentTime: '2026-01-01T00:00:00.000Z' }])
  })

  test('garbage goes out as it is written', async () => {
    const csms = memoryScript(`
answers:
  Heartbeat: [{ raw: '[3,"{messageId}",{"currentTime":1}]' }, { raw: [3, "{messageId}", nothing] }]`)
    const station = await csms.boot('CP1')
    expect(await station.call('Heartbeat', {})).toEqual([3, 's2', { currentTime: 1 }])
    expect(await station.call('Heartbeat', {})).toEqual([3, 's3', 'nothing'])
  })

  test('the socket is closed or dropped in place of an answer', async () => {
    const csms = memoryScript('answers: { Heartbeat: [{ close: 1011 }, { close: 1006 }] }')
    for (const code of [1011, 1006]) {
      const station = await csms.boot('CP1')
      void station.call('Heartbeat', {})
      await csms.clock.run(0)
      expect(station.closedWith?.code).toBe(code)
    }
  })

  test('what csms refuses may be answered by the script all the same', async () => {
    const csms = memoryScript('answers: { Heartbeat: { with: { currentTime: now } } }')
    const station = csms.connect('CP1')
    expect(await station.ask('Heartbeat', {})).toEqual({ currentTime: 'now' })
  })

  test('a part is for some stations only, the first that fits', async () => {
    const csms = memoryScript(`
parts:
  - { stations: "A?", answers: { Heartbeat: { callError: InternalError } } }
  - { stations: [A*, B], protocol: ocpp1.6, answers: { Heartbeat: { callError: NotSupported } } }`)
    const verdictOf = async (id: string, version: OcppVersion = 'ocpp1.6') =>
      (await csms.boot(id, version)).verdict('Heartbeat', {})
    expect(await verdictOf('A1')).toBe('InternalError')
    expect(await verdictOf('A12')).toBe('NotSupported')
    expect(await verdictOf('B')).toBe('NotSupported')
    expect(await verdictOf('C')).toBe('result')
    expect(await verdictOf('A2', 'ocpp2.1')).toBe('InternalError')
    expect(await verdictOf('A21', 'ocpp2.1')).toBe('result')
  })

  test('[2.1 E02] a 2.x station is answered by its own actions', async () => {
    const csms = memoryScript(
      'answers: { TransactionEvent: { with: { totalCost: 3 } }, NotifyReport: { with: {} } }',
    )
    const station = await csms.boot('CP1', 'ocpp2.1')
    const event = { eventType: 'Started', timestamp: '2026-01-01T00:00:00Z', seqNo: 0 }
    expect(
      await station.ask('TransactionEvent', {
        ...event,
        triggerReason: 'Authorized',
        transactionInfo: { transactionId: 'T1' },
      }),
    ).toEqual({ totalCost: 3 })
  })

  test('a template that names what nobody saved yet fails the script, and csms answers', async () => {
    const csms = memoryScript(`
answers: { Heartbeat: { with: { x: "{later}" } } }
script: [{ expect: Authorize, save: { later: $.idTag } }]`)
    const station = await csms.boot('CP1')
    expect(await station.verdict('Heartbeat', {})).toBe('result')
    const { reasons } = await csms.judged()
    expect(reasons).toEqual(['CP1: the answer to Heartbeat: there is no value for "{later}"'])
  })
})

describe('the end of a run', () => {
  test('passes when the wanted number of stations has played the script', async () => {
    const csms = memoryScript('until: { stations: 2 }\nscript: [expect: BootNotification]')
    await csms.boot('CP1')
    await csms.clock.run(0)
    expect(csms.verdict()).toBeUndefined()
    await csms.boot('CP2')
    const verdict = await csms.judged()
    expect(verdict).toMatchObject({ passed: true, exitCode: 0, endedBy: 'done', reasons: [] })
    expect(verdict.stations.map(({ id, outcome }) => `${id} ${outcome}`)).toEqual([
      'CP1 passed',
      'CP2 passed',
    ])
  })

  test('as many stations are wanted as the file names', async () => {
    const csms = memoryScript('stations: [CP1, CP2]\nscript: [expect: BootNotification]')
    await csms.boot('CP1')
    await csms.clock.run(0)
    expect(csms.verdict()).toBeUndefined()
    await csms.boot('CP2')
    expect((await csms.judged()).passed).toBe(true)
  })

  test('who still plays then is called off, and not held against', async () => {
    const csms = memoryScript('script: [{ wait: 1s }, { expect: Heartbeat }]')
    const first = await csms.boot('CP1')
    await csms.boot('CP2')
    await csms.clock.run(1_000)
    void first.call('Heartbeat', {})
    const { passed, stations } = await csms.judged()
    expect(passed).toBe(true)
    expect(stations.map(({ outcome }) => outcome)).toEqual(['passed', 'calledOff'])
  })

  test('nobody came: nothing ran, and that is no pass', async () => {
    const csms = memoryScript('until: { idle: 1min }\nscript: [expect: BootNotification]')
    await csms.clock.run(59_999)
    expect(csms.verdict()).toBeUndefined()
    const verdict = await csms.judged(1)
    expect(verdict).toMatchObject({ passed: false, exitCode: 3, endedBy: 'idle' })
    expect(verdict.reasons[0]).toBe('Nothing ran: no station connected that the script is for.')
  })

  test('too few came', async () => {
    const csms = memoryScript(
      'until: { stations: 2, idle: 1min }\nscript: [expect: BootNotification]',
    )
    await csms.boot('CP1')
    const { exitCode, reasons } = await csms.judged(60_000)
    expect(exitCode).toBe(3)
    expect(reasons).toEqual(['1 of 2 stations have played the script.'])
  })

  test('who is not done within the time of the run has failed, at the step it was at', async () => {
    const csms = memoryScript(
      'until: { within: 10s }\nscript: [{ expect: BootNotification }, { wait: 1min }]',
    )
    await csms.boot('CP1')
    const { exitCode, stations } = await csms.judged(10_000)
    expect(exitCode).toBe(3)
    expect(stations[0]?.failure).toMatchObject({
      step: 'wait',
      line: 3,
      reason: 'not done when the time of the run was over',
    })
  })

  test('a signal ends it with 105', async () => {
    const csms = memoryScript('script: [expect: Heartbeat]')
    await csms.boot('CP1')
    csms.director.interrupt()
    const { passed, exitCode, stations } = await csms.judged()
    expect({ passed, exitCode }).toEqual({ passed: false, exitCode: 105 })
    expect(stations[0]?.outcome).toBe('calledOff')
  })

  test('answers alone end after `within`, and pass if a station came', async () => {
    const text = 'until: { within: 10s }\nanswers: { Heartbeat: { after: 1s } }'
    const csms = memoryScript(text)
    const station = await csms.boot('CP1')
    void station.call('Heartbeat', {})
    const verdict = await csms.judged(10_000)
    expect(verdict).toMatchObject({ passed: true, endedBy: 'within' })
    expect(verdict.stations[0]).toMatchObject({ outcome: 'answered', answers: { Heartbeat: 1 } })
    expect((await memoryScript(text).judged(10_000)).exitCode).toBe(3)
  })

  test('a MUST that a station breaks fails it, unless it is tolerated', async () => {
    const text = 'script: [{ expect: BootNotification }, { wait: 1s }]'
    const play = async (more: string) => {
      const csms = memoryScript(`${more}\n${text}`)
      const station = await csms.boot('CP1')
      void station.call('Heartbeat', { nonsense: 1 })
      return csms.judged(1_000)
    }
    const strict = await play('')
    expect(strict.exitCode).toBe(3)
    expect(strict.stations[0]?.violations).toMatchObject({
      RPC_REQUEST_SCHEMA: { count: 1, level: 'MUST', fails: true },
    })
    expect(strict.reasons[0]).toContain('CP1 broke RPC_REQUEST_SCHEMA (1 x): Heartbeat:')
    expect((await play('tolerate: [RPC_REQUEST_SCHEMA]')).passed).toBe(true)
  })

  test('nothing is left that waits when it is over', async () => {
    const csms = memoryScript('answers: { Heartbeat: { after: 1h } }\nscript: [expect: Authorize]')
    const before = csms.clock.pending
    const station = await csms.boot('CP1')
    void station.call('Heartbeat', {})
    await csms.clock.run(0)
    expect(csms.clock.pending).toBeGreaterThan(before)
    csms.director.interrupt()
    await csms.clock.run(0)
    // The gateway's own sweep.
    expect(csms.clock.pending).toBe(1)
  })
})
