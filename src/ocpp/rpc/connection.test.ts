import { describe, expect, test } from 'vitest'
import { officialValidators } from '../../platform/official-validators.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { memorySockets } from '../memory-socket.ts'
import { PayloadValidators } from '../schemas.ts'
import type { Socket } from '../socket.ts'
import type { OcppVersion } from '../version.ts'
import { type CallOutcome, newCall } from './call.ts'
import { RpcConnection } from './connection.ts'
import { CallError } from './error-codes.ts'
import type { Finding } from './findings.ts'
import { noReply, RawReply, RpcService } from './service.ts'

const validators = new PayloadValidators(officialValidators)
const now = '2026-01-01T00:00:00.000Z'

/** One peer under test and the bare socket of the other side, which says whatever it likes. */
function peer(version: OcppVersion, handlers: object, role: 'station' | 'csms' = 'csms') {
  const clock = new VirtualClock()
  const [ours, theirs] = memorySockets(version)
  const findings: Finding[] = []
  const failures: unknown[] = []
  const heard: string[] = []
  let late = 0
  let ordinal = 0
  let closedWith: number | undefined
  let admitted: (action: string) => CallError | undefined = () => undefined
  const connection = new RpcConnection({
    socket: ours,
    service: new RpcService<undefined>(version, role, handlers, validators),
    context: undefined,
    clock,
    observer: {
      sent: () => undefined,
      received: () => undefined,
      found: (finding) => findings.push(finding),
      lateAnswer: () => {
        late += 1
      },
      handlerFailed: (_action, error) => failures.push(error),
    },
    nextMessageId: () => `m${(ordinal += 1)}`,
    callTimeoutMs: 30_000,
    longestQueue: 2,
    admit: (action) => admitted(action),
    closed: (code) => {
      closedWith = code
    },
  })
  theirs.listen({
    text: (text) => heard.push(text),
    binary: () => undefined,
    closed: () => undefined,
  })
  return {
    clock,
    connection,
    theirs,
    heard,
    findings,
    failures,
    rules: () => findings.map((finding) => finding.rule),
    late: () => late,
    closedWith: () => closedWith,
    gate: (fn: (action: string) => CallError | undefined) => {
      admitted = fn
    },
    say: async (text: string, socket: Socket = theirs) => {
      socket.send(text)
      await clock.run(0)
    },
  }
}

const heartbeat = () => ({ currentTime: now })

describe('RpcConnection serving CALLs', () => {
  test('[1.6J 4.2] a CALL is answered by its handler with the same message id', async () => {
    const { say, heard } = peer('ocpp1.6', { Heartbeat: heartbeat })
    await say('[2,"a","Heartbeat",{}]')
    expect(heard).toEqual([`[3,"a",{"currentTime":"${now}"}]`])
  })

  test('a handler may take its time', async () => {
    const { say, heard } = peer('ocpp1.6', { Heartbeat: async () => heartbeat() })
    await say('[2,"a","Heartbeat",{}]')
    expect(heard).toHaveLength(1)
  })

  test('[1.6J 4.2.3] an action that no version knows is NotImplemented', async () => {
    const { say, heard, rules } = peer('ocpp1.6', {})
    await say('[2,"a","heartbeat",{}]')
    expect(heard[0]).toContain('[4,"a","NotImplemented"')
    expect(rules()).toEqual(['RPC_UNKNOWN_ACTION'])
  })

  test('an action that is known but not served is NotSupported', async () => {
    const { say, heard, rules } = peer('ocpp1.6', {})
    await say('[2,"a","Heartbeat",{}]')
    expect(heard[0]).toContain('[4,"a","NotSupported"')
    expect(rules()).toEqual([])
  })

  test('an action that only the other side may send is NotSupported and a finding', async () => {
    const { say, heard, rules } = peer('ocpp1.6', { Reset: () => ({ status: 'Accepted' }) })
    await say('[2,"a","Reset",{"type":"Hard"}]')
    expect(heard[0]).toContain('[4,"a","NotSupported"')
    expect(rules()).toEqual(['RPC_WRONG_DIRECTION'])
  })

  test.each([
    ['missing field', '{}', 'OccurenceConstraintViolation'],
    ['wrong type', '{"idTag":7}', 'TypeConstraintViolation'],
    ['over-long string', `{"idTag":"${'x'.repeat(21)}"}`, 'PropertyConstraintViolation'],
    ['extra property', '{"idTag":"A","x":1}', 'PropertyConstraintViolation'],
  ])('[1.6J 4.2.3] a payload with a %s is refused with its code', async (_what, body, code) => {
    const { say, heard, rules } = peer('ocpp1.6', { Authorize: () => ({}) })
    await say(`[2,"a","Authorize",${body}]`)
    expect(heard[0]).toContain(`[4,"a","${code}"`)
    expect(rules()).toEqual(['RPC_REQUEST_SCHEMA'])
  })

  test('a CallError that a handler throws is the answer', async () => {
    const { say, heard } = peer('ocpp2.0.1', {
      Heartbeat: () => {
        throw new CallError('SecurityError', 'not yet', { hint: 1 })
      },
    })
    await say('[2,"a","Heartbeat",{}]')
    expect(heard).toEqual(['[4,"a","SecurityError","not yet",{"hint":1}]'])
  })

  test.each([
    ['throws', () => Promise.reject(new Error('boom'))],
    ['gives an answer that breaks its schema', () => ({ currentTime: 12 })],
  ])('a handler that %s is answered InternalError and reported', async (_what, handler) => {
    const { say, heard, failures } = peer('ocpp1.6', { Heartbeat: handler })
    await say('[2,"a","Heartbeat",{}]')
    expect(heard[0]).toContain('[4,"a","InternalError"')
    expect(heard[0]).not.toContain('boom')
    expect(failures).toHaveLength(1)
  })

  test('a handler may leave a CALL without an answer and the next is still served', async () => {
    const { say, heard } = peer('ocpp1.6', { Heartbeat: () => noReply, Authorize: () => noReply })
    await say('[2,"a","Heartbeat",{}]')
    await say('[2,"b","StatusNotification",{}]')
    expect(heard).toHaveLength(1)
  })

  test('a raw reply is sent as it stands, and is no fault', async () => {
    const { say, heard, failures } = peer('ocpp1.6', { Heartbeat: () => new RawReply({ a: 1 }) })
    await say('[2,"a","Heartbeat",{}]')
    expect(heard).toEqual(['[3,"a",{"a":1}]'])
    expect(failures).toEqual([])
  })

  test('the gate refuses before anything else is looked at', async () => {
    const { say, heard, gate } = peer('ocpp2.0.1', { Heartbeat: heartbeat })
    gate(() => new CallError('SecurityError', 'boot first'))
    await say('[2,"a","Heartbeat",{"wrong":1}]')
    expect(heard[0]).toContain('SecurityError')
  })

  test('[2.0.1 Part 4 4.1.1] a peer that does not wait is served in order, and it is a finding', async () => {
    const answers: (() => void)[] = []
    const { say, heard, findings } = peer('ocpp2.0.1', {
      Heartbeat: () => new Promise((resolve) => answers.push(() => resolve(heartbeat()))),
    })
    await say('[2,"a","Heartbeat",{}]')
    await say('[2,"b","Heartbeat",{}]')
    expect(heard).toEqual([])
    expect(findings).toMatchObject([{ rule: 'RPC_TWO_CALLS', level: 'MUST' }])
    answers[0]?.()
    await say('[3,"late",{}]')
    answers[1]?.()
    await say('[3,"later",{}]')
    expect(heard.map((text) => text.slice(0, 6))).toEqual(['[3,"a"', '[3,"b"'])
  })

  test('[1.6J 4.1.1] the same is only unwise in 1.6', async () => {
    const { say, findings } = peer('ocpp1.6', { Heartbeat: () => new Promise(() => undefined) })
    await say('[2,"a","Heartbeat",{}]')
    await say('[2,"b","Heartbeat",{}]')
    expect(findings).toMatchObject([{ rule: 'RPC_TWO_CALLS', level: 'SHOULD' }])
  })

  test('[1.6J 4.1.4] an id that is used while its CALL is being handled is refused', async () => {
    const { say, heard, rules } = peer('ocpp1.6', { Heartbeat: () => new Promise(() => undefined) })
    await say('[2,"a","Heartbeat",{}]')
    await say('[2,"a","Heartbeat",{}]')
    expect(rules()).toEqual(['RPC_DUPLICATE_ID'])
    expect(heard[0]).toContain('[4,"a"')
  })

  test('an id may come again once its CALL was answered: a retry keeps it', async () => {
    const { say, heard, rules } = peer('ocpp1.6', { Heartbeat: heartbeat })
    await say('[2,"a","Heartbeat",{}]')
    await say('[2,"a","Heartbeat",{}]')
    expect(heard).toHaveLength(2)
    expect(rules()).toEqual([])
  })

  test('a peer that floods is refused beyond 64 waiting CALLs', async () => {
    const { say, heard, rules } = peer('ocpp1.6', { Heartbeat: () => new Promise(() => undefined) })
    for (let i = 0; i < 66; i += 1) await say(`[2,"a${i}","Heartbeat",{}]`)
    expect(heard).toHaveLength(1)
    expect(rules()).toContain('RPC_TOO_MANY_CALLS')
  })
})

describe('RpcConnection and frames that are none', () => {
  test.each(['garbage', '', '{}', '[]', '[2,7,"Heartbeat",{}]'])(
    '[2.0.1 Part 4 4.2.3] %s is answered with id "-1" in 2.x, with silence in 1.6',
    async (text) => {
      const two = peer('ocpp2.0.1', { Heartbeat: heartbeat })
      await two.say(text)
      expect(two.heard[0]).toMatch(/^\[4,"-1","RpcFrameworkError"/)
      const one = peer('ocpp1.6', { Heartbeat: heartbeat })
      await one.say(text)
      expect(one.heard).toEqual([])
      for (const side of [one, two]) {
        expect(side.rules()).toEqual(['RPC_NOT_A_FRAME'])
        await side.say('[2,"a","Heartbeat",{}]')
        expect(side.heard.at(-1)).toContain('[3,"a"')
      }
    },
  )

  test('a CALL whose payload is no object is refused by its id', async () => {
    const { say, heard } = peer('ocpp1.6', { Heartbeat: heartbeat })
    await say('[2,"a","Heartbeat","x"]')
    expect(heard[0]).toContain('[4,"a","FormationViolation"')
  })

  test('an answer that cannot be read is never answered', async () => {
    const { say, heard } = peer('ocpp2.0.1', {})
    await say('[3,7,{}]')
    await say('[4,"x"]')
    expect(heard).toEqual([])
  })

  test('[1.6J 4.1.3] an unknown message type is ignored', async () => {
    const { say, heard, rules } = peer('ocpp2.0.1', {})
    await say('[9,"a",{}]')
    expect(heard).toEqual([])
    expect(rules()).toEqual(['RPC_UNKNOWN_TYPE'])
  })

  test('a finding quotes no more than the start of a name that the peer made up', async () => {
    const { say, findings } = peer('ocpp1.6', {})
    await say(`[2,"a","${'N'.repeat(100_000)}",{}]`)
    expect(findings[0]?.detail).toMatch(/^unknown action "N+…$/)
    expect(findings[0]?.detail.length).toBeLessThan(600)
  })

  test('a finding keeps the start of the frame only', async () => {
    const { say, findings } = peer('ocpp1.6', {})
    await say(`x${'y'.repeat(5000)}`)
    expect(findings[0]?.frame.length).toBeLessThan(1100)
  })

  test('a binary frame is a finding', () => {
    const { connection, rules } = peer('ocpp1.6', {})
    connection.binary(12)
    expect(rules()).toEqual(['RPC_BINARY'])
  })
})

describe('RpcConnection making CALLs', () => {
  const reset = (outcomes: CallOutcome[]) =>
    newCall('Reset', { type: 'Hard' }, (outcome) => outcomes.push(outcome))

  test('the answer settles the CALL, with the instants it was sent and answered', async () => {
    const { connection, say, heard, clock } = peer('ocpp1.6', {})
    const outcomes: CallOutcome[] = []
    const call = reset(outcomes)
    clock.advance(5)
    connection.call(call)
    await clock.run(7)
    expect(heard).toEqual(['[2,"m1","Reset",{"type":"Hard"}]'])
    await say('[3,"m1",{"status":"Accepted"}]')
    expect(outcomes).toEqual([{ kind: 'result', payload: { status: 'Accepted' } }])
    expect([call.sentMicros, call.settledMicros]).toEqual([5000, 12_000])
  })

  test('[1.6J 4.1.1] a second CALL waits until the first is answered or timed out', async () => {
    const { connection, say, heard, clock } = peer('ocpp1.6', {})
    const outcomes: CallOutcome[] = []
    connection.call(reset(outcomes))
    connection.call(reset(outcomes))
    await clock.run(1)
    expect(heard).toHaveLength(1)
    expect(connection.backlog).toBe(2)
    await say('[3,"m1",{"status":"Accepted"}]')
    expect(heard).toHaveLength(2)
    clock.advance(30_000)
    connection.sweep(clock.monotonicMicros())
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['result', 'timeout'])
    expect(connection.backlog).toBe(0)
  })

  test('a CALL of the peer is served while our own is outstanding', async () => {
    const { connection, say, heard } = peer('ocpp1.6', { Heartbeat: heartbeat })
    connection.call(reset([]))
    await say('[2,"a","Heartbeat",{}]')
    expect(heard.at(-1)).toContain('[3,"a"')
  })

  test('a CALL made while an answer is read waits behind those that were there before', async () => {
    const { connection, say, heard } = peer('ocpp1.6', {})
    const ignore = () => undefined
    const onceMore = () => connection.call(newCall('Reset', { type: 'Soft' }, ignore))
    connection.call(newCall('ClearCache', {}, onceMore))
    connection.call(newCall('GetConfiguration', {}, ignore))
    await say('[3,"m1",{"status":"Accepted"}]')
    await say('[3,"m2",{}]')
    expect(heard.map((text) => /"([A-Z]\w+)"/.exec(text)?.[1])).toEqual([
      'ClearCache',
      'GetConfiguration',
      'Reset',
    ])
  })

  test('the queue is bounded: what does not fit settles as unsent', async () => {
    const { connection } = peer('ocpp1.6', {})
    const outcomes: CallOutcome[] = []
    for (let i = 0; i < 4; i += 1) connection.call(reset(outcomes))
    expect(outcomes).toEqual([{ kind: 'unsent', reason: 'full' }])
  })

  test.each([
    [1007, 'RPC_WEBSOCKET', 'MUST'],
    [1009, 'RPC_FRAME_SIZE', 'SHOULD'],
  ])('a peer whose frames this side cannot read (%i) broke %s', (code, rule, level) => {
    const { connection, findings } = peer('ocpp1.6', {})
    connection.closed(code, 'why', true)
    expect(findings).toMatchObject([{ rule, level, detail: `closed with ${code}: why` }])
  })

  test('a peer that closes with any code breaks no rule', () => {
    const { connection, findings } = peer('ocpp1.6', {})
    connection.closed(1009, 'too long for me')
    expect(findings).toEqual([])
  })

  test('a closed socket loses the outstanding CALL and returns the waiting ones unsent', async () => {
    const { connection, theirs, clock, closedWith } = peer('ocpp1.6', {})
    const outcomes: CallOutcome[] = []
    connection.call(reset(outcomes))
    connection.call(reset(outcomes))
    theirs.terminate()
    await clock.run(1)
    expect(outcomes).toEqual([{ kind: 'lost' }, { kind: 'unsent', reason: 'closed' }])
    expect(closedWith()).toBe(1006)
    connection.call(reset(outcomes))
    expect(outcomes.at(-1)).toEqual({ kind: 'unsent', reason: 'closed' })
  })

  test('a CALLERROR settles the CALL with code, text and details', async () => {
    const { connection, say } = peer('ocpp1.6', {})
    const outcomes: CallOutcome[] = []
    connection.call(reset(outcomes))
    await say('[4,"m1","OccurenceConstraintViolation","why",{"a":1}]')
    expect(outcomes).toEqual([
      {
        kind: 'error',
        code: 'OccurrenceConstraintViolation',
        wireCode: 'OccurenceConstraintViolation',
        description: 'why',
        details: { a: 1 },
      },
    ])
  })

  test('an error code that no version knows is a finding', async () => {
    const { connection, say, rules } = peer('ocpp1.6', {})
    const outcomes: CallOutcome[] = []
    connection.call(reset(outcomes))
    await say('[4,"m1","Nope","",{}]')
    expect(outcomes).toMatchObject([{ kind: 'error', code: undefined, wireCode: 'Nope' }])
    expect(rules()).toEqual(['RPC_ERROR_CODE'])
  })

  test('an answer that breaks its schema settles as invalid; 2.1 tells the sender', async () => {
    const one = peer('ocpp2.0.1', {})
    const outcomes: CallOutcome[] = []
    one.connection.call(newCall('ClearCache', {}, (outcome) => outcomes.push(outcome)))
    await one.say('[3,"m1",{"status":"Perhaps"}]')
    expect(outcomes).toMatchObject([{ kind: 'invalid' }])
    expect(one.rules()).toEqual(['RPC_RESPONSE_SCHEMA'])
    expect(one.heard).toHaveLength(1)
    const two = peer('ocpp2.1', {})
    two.connection.call(newCall('ClearCache', {}, () => undefined))
    await two.say('[3,"m1",{"status":"Perhaps"}]')
    expect(two.heard[1]).toContain('[5,"m1","PropertyConstraintViolation"')
  })

  test('late, duplicate and unsolicited answers are told apart and change nothing', async () => {
    const { connection, say, rules, late, clock } = peer('ocpp1.6', {})
    const outcomes: CallOutcome[] = []
    connection.call(reset(outcomes))
    clock.advance(30_000)
    connection.sweep(clock.monotonicMicros())
    await say('[3,"m1",{"status":"Accepted"}]')
    expect([late(), rules()]).toEqual([1, []])
    connection.call(reset(outcomes))
    await say('[3,"m2",{"status":"Accepted"}]')
    await say('[3,"m2",{"status":"Accepted"}]')
    await say('[3,"zzz",{}]')
    expect(rules()).toEqual(['RPC_DUPLICATE_ANSWER', 'RPC_UNSOLICITED_ANSWER'])
    expect(outcomes.map((outcome) => outcome.kind)).toEqual(['timeout', 'result'])
  })

  test('[2.0.1 Part 4 4.2.3] an error with id "-1" answers no CALL of ours', async () => {
    const { connection, say, rules } = peer('ocpp2.0.1', {})
    connection.sendRaw('garbage')
    await say('[4,"-1","RpcFrameworkError","",{}]')
    expect(rules()).toEqual([])
  })

  test('a CALLRESULTERROR of the peer is a finding against us', async () => {
    const { say, rules } = peer('ocpp2.1', {})
    await say('[5,"a","FormatViolation","bad",{}]')
    expect(rules()).toEqual(['RPC_RESULT_ERROR'])
  })

  test('[2.1 Part 4 4.2.4] a SEND is handled and never answered, right or wrong', async () => {
    const seen: object[] = []
    const { say, heard, rules } = peer('ocpp2.1', {
      NotifyPeriodicEventStream: (request: object) => seen.push(request),
    })
    const body = { id: 1, pending: 0, basetime: now, data: [{ t: 0, v: '1' }] }
    await say(`[6,"a","NotifyPeriodicEventStream",${JSON.stringify(body)}]`)
    await say('[6,"b","NotifyPeriodicEventStream",{}]')
    await say('[6,"c","Nope",{}]')
    expect(seen).toEqual([body])
    expect(heard).toEqual([])
    expect(rules()).toEqual(['RPC_REQUEST_SCHEMA', 'RPC_UNKNOWN_ACTION'])
  })

  test('[2.1 Part 4 4.2.4] what has an answer is no SEND, and what has none is no CALL', async () => {
    const seen: object[] = []
    const see = (request: object) => {
      seen.push(request)
      return heartbeat()
    }
    const handlers = { Heartbeat: see, NotifyPeriodicEventStream: see }
    const { say, heard, rules } = peer('ocpp2.1', handlers)
    const body = { id: 1, pending: 0, basetime: now, data: [{ t: 0, v: '1' }] }
    await say('[6,"a","Heartbeat",{}]')
    expect(heard).toEqual([])
    await say(`[2,"b","NotifyPeriodicEventStream",${JSON.stringify(body)}]`)
    expect(heard).toEqual([expect.stringMatching(/^\[4,"b","NotSupported"/)])
    expect(seen).toEqual([])
    expect(rules()).toEqual(['RPC_SEND_OR_CALL', 'RPC_SEND_OR_CALL'])
  })

  test('a SEND that only we may send is a finding', async () => {
    const { say, heard, rules } = peer('ocpp2.1', {}, 'station')
    await say('[6,"a","NotifyPeriodicEventStream",{}]')
    expect(heard).toEqual([])
    expect(rules()).toEqual(['RPC_WRONG_DIRECTION'])
  })

  test('a SEND whose handler fails, at once or later, is our own fault and no end', async () => {
    const failing = [
      () => {
        throw new Error('at once')
      },
      () => Promise.reject(new Error('later')),
    ]
    for (const handler of failing) {
      const { say, failures, connection } = peer('ocpp2.1', { NotifyPeriodicEventStream: handler })
      const body = { id: 1, pending: 0, basetime: now, data: [{ t: 0, v: '1' }] }
      await say(`[6,"a","NotifyPeriodicEventStream",${JSON.stringify(body)}]`)
      expect(failures).toHaveLength(1)
      expect(connection.open).toBe(true)
    }
  })

  test('[2.1 N15.FR.02] an answer to our SEND is a finding', async () => {
    const { connection, say, rules } = peer('ocpp2.1', {})
    const body = { id: 1, pending: 0, basetime: now, data: [{ t: 0, v: '1' }] }
    connection.send('NotifyPeriodicEventStream', body)
    await say('[3,"m1",{}]')
    await say('[3,"m2",{}]')
    expect(rules()).toEqual(['RPC_SEND_ANSWERED', 'RPC_UNSOLICITED_ANSWER'])
  })

  test('a request of our own that breaks its schema is sent and reported, unless it is raw', async () => {
    const { connection, heard, failures, say } = peer('ocpp1.6', {})
    connection.call(newCall('Reset', { type: 'Gently' }, () => undefined))
    await say('[3,"m1",{"status":"Accepted"}]')
    expect(failures).toHaveLength(1)
    connection.call({ ...newCall('Reset', { type: 'Gently' }, () => undefined), raw: true })
    await say('[3,"m2",{"status":"Accepted"}]')
    expect(failures).toHaveLength(1)
    expect(heard).toHaveLength(2)
  })

  test('a retry may keep its message id', async () => {
    const { connection, heard, clock } = peer('ocpp1.6', {})
    connection.call({ ...reset([]), fixedId: 'again' })
    await clock.run(1)
    expect(heard[0]).toContain('[2,"again"')
  })
})
