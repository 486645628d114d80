import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csmsCalls16 } from '../../../test/helpers/csms-calls16.ts'
import { StationPeer, validators } from '../../../test/helpers/station-peer.ts'
import type { ReplyOverride, ToldReply } from '../steps/actor.ts'
import { refusals } from './refusals.ts'
import { garbage, hasTraits, type TraitsPlan } from './traits.ts'
import { protocol2x } from './v2x/protocol.ts'
import { protocol16 } from './v16/protocol16.ts'

const protocol = protocol16(validators)
const rejected: ToldReply = { reply: { kind: 'refused', status: 'Rejected' }, afterMs: 0 }
const never: ToldReply = { reply: { kind: 'never' }, afterMs: 0 }
const slow: ToldReply = { reply: undefined, afterMs: 5000 }

const withTraits = (replies: Readonly<Record<string, ToldReply>>, made = protocol) =>
  new StationPeer(made, {}, { traits: { share: 1, replies } }).booted()

const heartbeat60 = { key: 'HeartbeatInterval', value: '60' }

describe('traits of a station', () => {
  test('what it rejects it answers with a status and does not do', async () => {
    const bench = await withTraits({ ChangeConfiguration: rejected })
    expect(await bench.call('ChangeConfiguration', heartbeat60)).toEqual({ status: 'Rejected' })
    const { configurationKey } = await bench.call('GetConfiguration', {
      key: ['HeartbeatInterval'],
    })
    expect(configurationKey).toMatchObject([{ value: '3600' }])
    expect(bench.findings).toEqual([])
  })

  test('what it is slow with it does, and answers, when the time is over', async () => {
    const bench = await withTraits({ TriggerMessage: slow })
    const asked = bench.outcome('TriggerMessage', { requestedMessage: 'Heartbeat' })
    await bench.clock.run(4999)
    expect(bench.actions()).toEqual([])
    await bench.clock.run(1)
    expect(await asked).toEqual({ kind: 'result', payload: { status: 'Accepted' } })
    expect(bench.actions()).toEqual(['Heartbeat'])
  })

  test('what it ignores it never answers, and scripts can tell', async () => {
    const bench = await withTraits({ ClearCache: never })
    void bench.outcome('ClearCache', {})
    await bench.clock.run(100_000)
    expect(bench.actor.incoming).toMatchObject([
      { action: 'ClearCache', answer: undefined, callError: undefined, unanswered: true },
    ])
  })

  test('a CALLERROR is one of the version, and scripts can tell', async () => {
    const code = 'FormatViolation'
    const reply = { kind: 'callError', code, description: 'no' } as const
    const bench = await withTraits({ ClearCache: { reply, afterMs: 0 } })
    const outcome = { kind: 'error', code, wireCode: 'FormationViolation', description: 'no' }
    expect(await bench.outcome('ClearCache', {})).toMatchObject(outcome)
    expect(bench.actor.incoming).toMatchObject([
      { answer: undefined, callError: 'FormationViolation', unanswered: false },
    ])
  })

  test('a one-shot reply comes before them, once', async () => {
    const bench = await withTraits({ ClearCache: rejected })
    const reply = { kind: 'with', payload: { status: 'Accepted' } } as const
    bench.actor.overrideReply({ action: 'ClearCache', reply, afterMs: 0 })
    expect(await bench.call('ClearCache', {})).toEqual({ status: 'Accepted' })
    expect(await bench.call('ClearCache', {})).toEqual({ status: 'Rejected' })
  })

  test('a one-shot delay is only that: what it answers is theirs', async () => {
    const bench = await withTraits({ ClearCache: { ...rejected, afterMs: 9000 } })
    bench.actor.overrideReply({ action: 'ClearCache', reply: undefined, afterMs: 1000 })
    const asked = bench.outcome('ClearCache', {})
    await bench.clock.run(1000)
    expect(await asked).toEqual({ kind: 'result', payload: { status: 'Rejected' } })
  })

  test('without power it forgets what it was slow with', async () => {
    const bench = await withTraits({ TriggerMessage: slow })
    void bench.outcome('TriggerMessage', { requestedMessage: 'Heartbeat' })
    await bench.clock.run(1000)
    bench.actor.powerLoss()
    await bench.act(bench.actor.powerUp(bench.cancel))
    bench.forget()
    await bench.clock.run(10_000)
    expect(bench.actions()).toEqual([])
    expect(bench.actor.incoming).toMatchObject([{ unanswered: true }])
  })

  test('what it is slow with goes with the connection that it came by', async () => {
    const bench = await withTraits({ TriggerMessage: slow })
    const asked = bench.outcome('TriggerMessage', { requestedMessage: 'Heartbeat' })
    await bench.clock.run(1000)
    bench.cut()
    expect(await asked).toEqual({ kind: 'lost' })
    bench.reachable = true
    await bench.clock.run(100_000)
    expect(bench.station.online).toBe(true)
    expect(bench.actions()).toEqual([])
    expect(bench.actor.incoming).toMatchObject([{ answer: undefined, unanswered: true }])
  })

  test('when the run is over nothing of a delay is left', async () => {
    const bench = await withTraits({ ClearCache: slow })
    void bench.outcome('ClearCache', {})
    await bench.clock.run(0)
    bench.station.stop({ graceful: true })
    await bench.clock.run(0)
    expect(bench.clock.pending).toBe(0)
  })

  test('a station that is not admitted says nothing, whatever its traits', async () => {
    const bench = new StationPeer(
      protocol,
      {},
      { traits: { share: 1, replies: { ClearCache: rejected } } },
    )
    bench.answers.set('BootNotification', () => ({
      status: 'Rejected',
      currentTime: new Date(bench.clock.wallMs()).toISOString(),
      interval: 600,
    }))
    await bench.booted()
    void bench.outcome('ClearCache', {})
    await bench.clock.run(0)
    expect(bench.actor.incoming).toMatchObject([{ answer: undefined, unanswered: true }])
  })
})

describe('what traits provoke is not held against the CSMS', () => {
  test('[2.0.1 Part 4 4.1.1] its next CALL, when it has waited long enough', async () => {
    const bench = await withTraits(
      { ClearCache: { reply: undefined, afterMs: 60_000 } },
      protocol2x('ocpp2.0.1', validators),
    )
    const first = bench.outcome('ClearCache', {})
    await bench.clock.run(31_000)
    bench.sweep()
    expect(await first).toEqual({ kind: 'timeout' })
    const second = bench.outcome('GetVariables', { getVariableData: [] })
    await bench.clock.run(29_000)
    expect(await second).toMatchObject({ kind: 'error' })
    expect(bench.findings.filter((finding) => finding.includes('RPC_TWO_CALLS'))).toEqual([])
  })

  test('[2.0.1 Part 4 4.1.1] unless it never waited', async () => {
    const bench = await withTraits(
      { ClearCache: { reply: undefined, afterMs: 60_000 } },
      protocol2x('ocpp2.0.1', validators),
    )
    bench.say('[2,"one","ClearCache",{}]')
    bench.say('[2,"two","GetLocalListVersion",{}]')
    await bench.clock.run(0)
    expect(bench.findings.filter((finding) => finding.includes('RPC_TWO_CALLS'))).toHaveLength(1)
  })

  test('[2.1 Part 4 4.2.3] its CALLRESULTERROR for garbage, and no other', async () => {
    const reply = { kind: 'with', payload: { garbage: true } } as const
    const bench = await withTraits(
      { ClearCache: { reply, afterMs: 0 } },
      protocol2x('ocpp2.1', validators),
    )
    await bench.outcome('ClearCache', {})
    const held = () => bench.findings.filter((finding) => finding.includes('RPC_RESULT_ERROR'))
    expect(held()).toEqual([])
    bench.say('[5,"x","FormatViolation","",{}]')
    await bench.clock.run(0)
    expect(held()).toHaveLength(1)
  })
})

describe('the share of a fleet', () => {
  const of = (share: number): TraitsPlan => ({ share, replies: {} })
  const ids = Array.from({ length: 2000 }, (_, i) => `CS-${i}`)

  test('none, all, or about so many', () => {
    const count = (share: number) => ids.filter((id) => hasTraits(of(share), 1, id)).length
    expect(count(0)).toBe(0)
    expect(count(1)).toBe(ids.length)
    expect(count(0.1)).toBeGreaterThan(150)
    expect(count(0.1)).toBeLessThan(250)
  })

  test('is a matter of seed and identity, and grows with the share', () => {
    fc.assert(
      fc.property(
        fc.integer(),
        fc.string(),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (seed, id, share) => {
          const has = hasTraits(of(share), seed, id)
          expect(hasTraits(of(share), seed, id)).toBe(has)
          if (has) expect(hasTraits(of((share + 1) / 2), seed, id)).toBe(true)
        },
      ),
    )
  })

  test('another seed picks others', () => {
    const chosen = (seed: number) => ids.filter((id) => hasTraits(of(0.5), seed, id))
    expect(chosen(1)).not.toEqual(chosen(2))
  })
})

describe('any traits', () => {
  const replyTo = (action: string): fc.Arbitrary<ReplyOverride> => {
    const status = refusals['ocpp1.6'][action]
    return fc.constantFrom<ReplyOverride>(
      { kind: 'never' },
      { kind: 'callError', code: 'InternalError', description: '' },
      { kind: 'with', payload: garbage },
      ...(status === undefined ? [] : [{ kind: 'refused', status } as const]),
    )
  }
  const told = fc.constantFrom(...Object.entries(csmsCalls16)).chain(([action, { request }]) =>
    fc.record({
      action: fc.constant(action),
      request: fc.constant(request),
      reply: replyTo(action),
      afterMs: fc.constantFrom(0, 700),
    }),
  )
  const traits = fc.uniqueArray(told, { selector: ({ action }) => action, minLength: 1 })

  test('every CALL ends as its trait says, and nothing is done', async () => {
    await fc.assert(
      fc.asyncProperty(traits, async (all) => {
        const replies = all.map(
          ({ action, reply, afterMs }) => [action, { reply, afterMs }] as const,
        )
        const bench = await withTraits(Object.fromEntries(replies))
        for (const { action, request, reply } of all) {
          void bench.outcome(action, request)
          await bench.clock.run(700)
          expect(bench.actor.incoming.at(-1), action).toMatchObject({ action, ...endOf(reply) })
          await bench.clock.run(30_000)
          bench.sweep()
        }
        expect(bench.station.online).toBe(true)
        expect(bench.actions()).toEqual([])
        expect(
          bench.findings.filter((finding) => !finding.includes('RPC_RESPONSE_SCHEMA')),
        ).toEqual([])
      }),
      { numRuns: 30 },
    )
  })
})

function endOf(reply: ReplyOverride): object {
  const none = { answer: undefined, callError: undefined, unanswered: false }
  switch (reply.kind) {
    case 'never':
      return { ...none, unanswered: true }
    case 'callError':
      return { ...none, callError: reply.code }
    case 'refused':
      return { ...none, answer: { status: reply.status } }
    case 'with':
      return { ...none, answer: reply.payload }
  }
}
