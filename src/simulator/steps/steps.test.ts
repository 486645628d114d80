import { describe, expect, test } from 'vitest'
import { type PlayOptions, play } from '../../../test/helpers/play.ts'
import type { StepResult } from './actor.ts'

const first = { evse: 1, connector: 1 }
const second = { evse: 2, connector: 1 }

async function asked(steps: string, options?: PlayOptions) {
  const played = await play(steps, options)
  expect(played.result()).toEqual({ kind: 'completed' })
  return played.actor.asked
}

/** What an act comes to. */
const turned = (step: string, result: StepResult): PlayOptions => ({
  prepare: ({ results }) => {
    results[step] = result
  },
})

async function failure(steps: string, options?: PlayOptions, afterMs = 0) {
  const played = await play(steps, options)
  await played.run(afterMs)
  const result = played.result()
  if (result?.kind !== 'failed') throw new Error(`not failed: ${JSON.stringify(result)}`)
  return result.failure
}

describe('physical steps', () => {
  test('a whole session asks the station for one act after the other', async () => {
    const session =
      'boot, {plugIn: {battery: 60kWh, soc: 20%}}, authorize, start, {charge: 80%}, stop, unplug'
    expect(await asked(session)).toEqual([
      ['boot'],
      [
        'plugIn',
        first,
        { batteryWh: 60_000, soc: 0.2, maxPowerW: 22_000, phases: 3, taperFrom: 0.8 },
      ],
      ['authorize', first, { idToken: 'T00007', type: 'Central' }],
      ['start', first],
      ['charge', first, { untilSoc: 0.8 }],
      ['stop', first, {}],
      ['unplug', first],
    ])
  })

  test('boot asks a station that stands already only to stand', async () => {
    expect(await asked('boot, unplug', { standing: true })).toEqual([['stand'], ['unplug', first]])
  })

  test('the grid changes in what is named, generation and discharge being negative', async () => {
    const steps =
      '{gridEvent: {frequency: 49.8, voltage: 250, load: 12kW, charge: 5kW, fault: none}}, ' +
      '{gridEvent: {generation: 3kW, discharge: 2kW}}'
    expect(await asked(steps)).toEqual([
      [
        'gridEvent',
        { frequencyHz: 49.8, voltageV: 250, loadW: 12_000, externalW: 5_000, fault: 'none' },
      ],
      ['gridEvent', { loadW: -3_000, externalW: -2_000 }],
    ])
  })

  test('an EV may give energy back', async () => {
    const [[, , v2g] = []] = await asked('{plugIn: {discharge: 10kW, reserve: 30%}}')
    expect(v2g).toMatchObject({
      discharge: { maxPowerW: 10_000, reserveSoc: 0.3, efficiency: 0.95 },
    })
  })

  test('a driver swaps as many batteries as slots are named', async () => {
    const [act] = await asked('{swapBattery: {in: [1, 2], out: 3, soc: 10%, collect: false}}')
    const ev = { batteryWh: 2_000, soc: 0.1, maxPowerW: 1_000, phases: 3, taperFrom: 1 }
    expect(act).toEqual([
      'act',
      first,
      {
        kind: 'batteriesSwapped',
        batteries: [
          { evse: 1, soh: 0.95, ev },
          { evse: 2, soh: 0.95, ev },
        ],
        out: [3],
        collect: false,
        token: undefined,
      },
    ])
  })

  test('every physical step takes a connector', async () => {
    const steps = [
      'plugIn',
      'authorize',
      'start',
      'suspendEv',
      'stop',
      'unplug',
      'fault',
      'clearFault',
    ]
    const calls = await asked(steps.map((step) => `{${step}: {connector: 2}}`).join(', '))
    expect(calls.map(([name, at]) => [name, at])).toEqual(steps.map((step) => [step, second]))
  })

  test.each(['authorize', 'start', 'stop'])('refused: %s must not work', async (step) => {
    const refused = { ok: false, reason: 'reserved', answer: undefined }
    const steps = `{${step}: {refused: true}}`
    expect(await asked(steps, turned(step, refused))).toHaveLength(1)
    expect(await failure(steps)).toMatchObject({ reason: 'it was not refused' })
    expect(await failure(step, turned(step, refused))).toMatchObject({
      reason: 'reserved',
    })
  })

  test('refused with an answer wants the refusal of the CSMS', async () => {
    const steps = '{authorize: {refused: true, answer: {idTagInfo: {status: Blocked}}}}'
    const byStation = { ok: false, reason: 'reserved', answer: undefined }
    const byCsms = { ...byStation, answer: { idTagInfo: { status: 'Blocked' } } }
    expect(await asked(steps, turned('authorize', byCsms))).toHaveLength(1)
    expect(await failure(steps, turned('authorize', byStation))).toMatchObject({
      reason: 'reserved',
    })
  })

  test('goals, reasons, tokens and faults reach the station', async () => {
    expect(
      await asked(
        '{charge: {until: 20kWh, for: 1h, meterEvery: 30s}}, {suspendEv: 5min}, ' +
          '{stop: {reason: EmergencyStop, token: {idToken: "X{station}", type: ISO14443}}}, ' +
          '{authorize: CARD7}, {fault: {code: GroundFailure, info: "at {id}"}}',
      ),
    ).toEqual([
      ['charge', first, { untilEnergyWh: 20_000, forMs: 3_600_000, meterEveryMs: 30_000 }],
      ['suspendEv', first, 300_000],
      ['stop', first, { reason: 'EmergencyStop', token: { idToken: 'X7', type: 'ISO14443' } }],
      ['authorize', first, { idToken: 'CARD7', type: 'Central' }],
      ['fault', first, { code: 'GroundFailure', info: 'at CP1' }],
    ])
  })

  test('[2.0.1 IdTokenType] a token has a PIN beside it, or no text at all', async () => {
    const pin = '{additionalIdToken: "{station}234", type: PIN}'
    expect(
      await asked(
        `{authorize: {token: {idToken: CARD7, type: ISO14443, additionalInfo: [${pin}]}}}, ` +
          '{authorize: {token: {type: NoAuthorization}}}',
      ),
    ).toEqual([
      [
        'authorize',
        first,
        {
          idToken: 'CARD7',
          type: 'ISO14443',
          additionalInfo: [{ additionalIdToken: '7234', type: 'PIN' }],
        },
      ],
      ['authorize', first, { idToken: '', type: 'NoAuthorization' }],
    ])
    await expect(asked('{authorize: {token: {type: ISO14443}}}')).rejects.toThrow(/is missing/)
  })

  test('an act that fails ends the script with its reason and its place', async () => {
    const prepare: PlayOptions['prepare'] = ({ results }) => {
      results['start'] = { ok: false, reason: 'the CSMS said Blocked', answer: undefined }
    }
    expect(await failure('boot, start, stop', { prepare })).toEqual({
      step: 'start',
      line: 2,
      column: 67,
      summary: 'start (line 2): the CSMS said Blocked',
      reason: 'the CSMS said Blocked',
    })
  })

  test('with `answer` the scenario says itself what is right', async () => {
    const prepare: PlayOptions['prepare'] = ({ results }) => {
      const answer = { idTagInfo: { status: 'Blocked' } }
      results['authorize'] = { ok: false, reason: 'Blocked', answer }
    }
    const steps = (status: string) => `{authorize: {answer: {idTagInfo: {status: ${status}}}}}`
    expect(await asked(steps('Blocked'), { prepare })).toHaveLength(1)
    expect(await failure(steps('Expired'), { prepare })).toMatchObject({
      summary: 'authorize (line 2): answer $.idTagInfo.status is not "Expired"',
      reason: 'answer $.idTagInfo.status: expected "Expired", got "Blocked"',
    })
  })

  test('an answer that never came keeps the reason of the act', async () => {
    const prepare: PlayOptions['prepare'] = ({ results }) => {
      results['boot'] = { ok: false, reason: 'not connected', answer: undefined }
    }
    const failed = await failure('{boot: {answer: {status: Accepted}}}', { prepare })
    expect(failed.reason).toBe('not connected')
  })

  test('disconnect and power loss with a time wait for it and come back', async () => {
    const played = await play('{disconnect: 2min}, {powerLoss: 1min}')
    expect(played.actor.asked).toEqual([['disconnect', { halfOpen: false }]])
    await played.run(120_000)
    expect(played.actor.asked.slice(1)).toEqual([['reconnect'], ['powerLoss']])
    await played.run(60_000)
    expect(played.actor.asked.slice(3)).toEqual([['powerUp']])
    expect(played.result()).toEqual({ kind: 'completed' })
  })

  test('without a time they leave it to a later step', async () => {
    expect(
      await asked('{disconnect: {code: 1001, halfOpen: true}}, reconnect, powerLoss, powerUp'),
    ).toEqual([
      ['disconnect', { halfOpen: true, code: 1001 }],
      ['reconnect'],
      ['powerLoss'],
      ['powerUp'],
    ])
  })
})

describe('flow', () => {
  test('wait lets simulated time pass', async () => {
    const played = await play('{wait: 5s}, boot')
    await played.run(4999)
    expect(played.actor.asked).toEqual([])
    await played.run(1)
    expect(played.actor.asked).toEqual([['boot']])
  })

  test('a wait of months is waited for', async () => {
    const played = await play('{wait: 60d}, boot')
    await played.run(60 * 86_400_000 - 1)
    expect(played.result()).toBeUndefined()
    await played.run(1)
    expect(played.result()).toEqual({ kind: 'completed' })
  })

  test('repeat plays its steps so many times', async () => {
    const played = await play('{repeat: {times: 3}, steps: [{wait: 1s}, boot]}')
    await played.run(3000)
    expect(played.actor.asked).toEqual([['boot'], ['boot'], ['boot']])
    expect(played.result()).toEqual({ kind: 'completed' })
  })

  test('repeat begins no round after its time', async () => {
    const played = await play('{repeat: {for: 5s}, steps: [{wait: 2s}, boot]}')
    await played.run(10_000)
    expect(played.actor.asked).toHaveLength(3)
  })

  test('an endless loop that takes no time starves nobody and grows nothing', async () => {
    const played = await play('{repeat: {forever: true}, steps: [{parallel: [[boot], [boot]]}]}')
    await played.run(500)
    expect(played.actor.asked.length).toBeGreaterThan(900)
    expect(played.actor.asked.length).toBeLessThan(1100)
    expect(played.actor.clock.pending).toBe(1)
    played.cancel.cancel('over')
    await played.run(0)
    expect(played.result()).toEqual({ kind: 'cancelled' })
    expect(played.actor.clock.pending).toBe(0)
  })

  test('parallel branches run at the same time and are waited for', async () => {
    const played = await play('{parallel: [[{wait: 2s}, boot], [start, {wait: 3s}]]}, unplug')
    await played.run(2000)
    expect(played.actor.asked.map(([name]) => name)).toEqual(['start', 'boot'])
    await played.run(1000)
    expect(played.actor.asked.map(([name]) => name)).toEqual(['start', 'boot', 'unplug'])
  })

  test('a branch that fails calls the others off and is the one that counts', async () => {
    const prepare: PlayOptions['prepare'] = ({ results }) => {
      results['start'] = { ok: false, reason: 'no', answer: undefined }
    }
    const steps = '{parallel: [[{wait: 1d}, boot], [{wait: 1s}, start], [{wait: 1d}]]}'
    const failed = await failure(steps, { prepare }, 1000)
    expect(failed).toMatchObject({ step: 'start', reason: 'no' })
  })

  test('choose draws by weight from the stream of the station', async () => {
    const played = await play(
      '{repeat: {times: 400}, steps: [{choose: [{weight: 3, steps: [boot]}, {steps: [start]}, {weight: 0, steps: [stop]}]}]}',
    )
    await played.run(1000)
    const counts = { boot: 0, start: 0, stop: 0 }
    for (const [name] of played.actor.asked) counts[name as keyof typeof counts] += 1
    expect(counts.boot + counts.start).toBe(400)
    expect(counts.boot).toBeGreaterThan(260)
    expect(counts.boot).toBeLessThan(340)
  })

  test('log fills in values', async () => {
    const { logs } = await play('{log: "{id} {fleet} {station} {token} {now}"}')
    expect(logs).toEqual(['CP1 street 7 T00007 2026-01-01T00:00:00.000Z'])
  })
})

describe('raw OCPP', () => {
  test('call sends a payload with values, and saves from the answer', async () => {
    const prepare: PlayOptions['prepare'] = ({ outcomes, variables }) => {
      variables['transactionId'] = 5
      outcomes.push({ kind: 'result', payload: { data: { list: [{ id: 9 }] } } })
    }
    expect(
      await asked(
        '{call: {action: DataTransfer, payload: {vendorId: "{id}"}, timeout: 2s, save: {x: "$.data.list[0].id"}}}, ' +
          '{call: {action: MeterValues, payload: {connectorId: "{x}", transactionId: "{transactionId}"}}}',
        { prepare },
      ),
    ).toEqual([
      ['call', 'DataTransfer', { vendorId: 'CP1' }, 2000],
      ['call', 'MeterValues', { connectorId: 9, transactionId: 5 }, undefined],
    ])
  })

  const callError = {
    kind: 'error',
    code: 'NotImplemented',
    wireCode: 'NotImplemented',
    description: 'no such thing',
    details: {},
  } as const

  test.each([
    [{ kind: 'timeout' } as const, 'no answer in time'],
    [{ kind: 'lost' } as const, 'the connection was lost before the answer'],
    [{ kind: 'unsent', reason: 'closed' } as const, 'not connected'],
    [{ kind: 'invalid', payload: {}, fault: '/x' } as const, 'the answer breaks its schema: /x'],
    [callError, 'got CALLERROR NotImplemented: no such thing'],
  ])('a CALL that ends as %j fails', async (outcome, reason) => {
    const prepare: PlayOptions['prepare'] = ({ outcomes }) => outcomes.push(outcome)
    expect((await failure('{call: Heartbeat}', { prepare })).reason).toBe(reason)
  })

  test('a CALLERROR that is asked for is right; another, or an answer, is not', async () => {
    const prepare: PlayOptions['prepare'] = ({ outcomes }) => outcomes.push(callError)
    const steps = (code: string) => `{call: {action: Heartbeat, callError: ${code}}}`
    expect(await asked(steps('NotImplemented'), { prepare })).toHaveLength(1)
    expect(await asked(steps('$any'), { prepare })).toHaveLength(1)
    expect((await failure(steps('NotSupported'), { prepare })).summary).toContain(
      'expected CALLERROR NotSupported, got CALLERROR NotImplemented',
    )
    expect((await failure(steps('NotSupported'))).reason).toBe(
      'expected CALLERROR NotSupported, got an answer',
    )
  })

  test('what cannot be saved, or filled in, fails the step', async () => {
    expect((await failure('{call: {action: Heartbeat, save: {x: $.nope}}}')).reason).toBe(
      'nothing to save at $.nope',
    )
    expect((await failure('{log: "{transactionId}"}')).reason).toBe(
      'there is no value for "{transactionId}"',
    )
  })

  test('command makes the CSMS act and matches what the station answered', async () => {
    const answered = { kind: 'answered', payload: { status: 'Accepted' } } as const
    const step = '{command: {action: Reset, payload: {type: Soft}, answer: {status: Accepted}}}'
    const { commands, result } = await play(step, { command: answered })
    expect(commands).toEqual([['CP1', 'Reset', { type: 'Soft' }, 30_000]])
    expect(result()).toEqual({ kind: 'completed' })
    const rejected = { kind: 'answered', payload: { status: 'Rejected' } } as const
    expect((await failure(step, { command: rejected })).reason).toBe(
      'answer $.status: expected "Accepted", got "Rejected"',
    )
    const offline = { kind: 'failed', reason: 'CP1 is offline' } as const
    expect(await failure(step, { command: offline })).toMatchObject({
      summary: 'command (line 2): it was not sent',
      reason: 'CP1 is offline',
    })
  })

  test('a command may have to be left without an answer', async () => {
    const silent = { kind: 'unanswered', reason: 'CP1 did not answer Reset in time.' } as const
    const step = '{command: {action: Reset, unanswered: true}}'
    expect((await play(step, { command: silent })).result()).toEqual({ kind: 'completed' })
    expect((await failure('{command: Reset}', { command: silent })).reason).toBe(silent.reason)
    expect((await failure(step)).reason).toBe('it was answered')
    const refused = { kind: 'failed', reason: 'no such action' } as const
    expect((await failure(step, { command: refused })).reason).toBe('no such action')
  })

  test('so may a call', async () => {
    const prepare: PlayOptions['prepare'] = ({ outcomes }) => outcomes.push({ kind: 'timeout' })
    const step = '{call: {action: Heartbeat, unanswered: true}}'
    expect(await asked(step, { prepare })).toHaveLength(1)
    expect((await failure(step)).reason).toBe('it was answered')
    const invalid = { kind: 'invalid', payload: {}, fault: '/x' } as const
    expect(await asked(step, { prepare: ({ outcomes }) => outcomes.push(invalid) })).toHaveLength(1)
  })

  test('a bare status is that of the answer', async () => {
    const rejected = { kind: 'answered', payload: { status: 'Rejected' } } as const
    const played = await play('{command: {action: Reset, answer: Rejected}}', { command: rejected })
    expect(played.result()).toEqual({ kind: 'completed' })
    const accepted = await failure('{command: {action: Reset, answer: {$not: Rejected}}}', {
      command: rejected,
    })
    expect(accepted.reason).toContain('expected anything but {"status":"Rejected"}')
  })

  test('reply replaces the next answer', async () => {
    expect(
      await asked(
        '{reply: {action: Reset, callError: InternalError, description: "{id}", after: 2s}}, ' +
          '{reply: {action: Reset, with: {status: "{id}"}}}, {reply: {action: Reset, never: true}}, ' +
          '{reply: {action: Reset, after: 1s}}',
      ),
    ).toEqual([
      [
        'overrideReply',
        {
          action: 'Reset',
          reply: { kind: 'callError', code: 'InternalError', description: 'CP1' },
          afterMs: 2000,
        },
      ],
      [
        'overrideReply',
        { action: 'Reset', reply: { kind: 'with', payload: { status: 'CP1' } }, afterMs: 0 },
      ],
      ['overrideReply', { action: 'Reset', reply: { kind: 'never' }, afterMs: 0 }],
      ['overrideReply', { action: 'Reset', reply: undefined, afterMs: 1000 }],
    ])
  })

  test('misbehaviour is passed on as it is', async () => {
    expect(
      await asked(
        '{sendRaw: [2, "{id}", Foo, {}]}, {sendRaw: "not JSON {"}, duplicate, {close: 1006}, ' +
          '{close: {code: 4000, reason: "bye {id}"}}, {pipeline: [Heartbeat, {action: DataTransfer, payload: {vendorId: x}}]}',
      ),
    ).toEqual([
      ['sendRaw', '[2,"CP1","Foo",{}]'],
      ['sendRaw', 'not JSON {'],
      ['duplicateLast'],
      ['closeSocket', 1006, ''],
      ['closeSocket', 4000, 'bye CP1'],
      ['pipeline', 'Heartbeat', {}],
      ['pipeline', 'DataTransfer', { vendorId: 'x' }],
    ])
  })
})
