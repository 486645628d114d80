import { describe, expect, test } from 'vitest'
import { type Play, type PlayOptions, play } from '../../../test/helpers/play.ts'

const completed = { kind: 'completed' }

function reason(played: Play): string {
  const result = played.result()
  return result?.kind === 'failed' ? result.failure.reason : `not failed: ${result?.kind}`
}

describe('expect', () => {
  test('waits for a CALL of the CSMS', async () => {
    const played = await play('{expect: {action: Reset, payload: {type: Soft}, within: 10s}}')
    await played.run(5000)
    expect(played.result()).toBeUndefined()
    played.actor.receive('Reset', { type: 'Soft' })
    await played.run(0)
    expect(played.result()).toEqual(completed)
    expect(played.actor.listeners).toBe(0)
    expect(played.actor.clock.pending).toBe(0)
  })

  test('a CALL that came before the step began counts, once', async () => {
    const played = await play(
      '{wait: 5s}, {expect: {action: Reset}}, {expect: {action: Reset, within: 1s}}',
    )
    played.actor.receive('Reset')
    await played.run(5000)
    expect(played.result()).toBeUndefined()
    await played.run(1000)
    expect(reason(played)).toBe('no Reset within 1000 ms')
  })

  test('a CALL that came before the script is not its own', async () => {
    const prepare: PlayOptions['prepare'] = (actor) => actor.receive('Reset')
    const played = await play('{expect: {action: Reset, within: 1s}}', { prepare })
    await played.run(1000)
    expect(reason(played)).toBe('no Reset within 1000 ms')
  })

  test('one that does not match is left for a later expect and named in the failure', async () => {
    const steps = '{expect: {action: Reset, payload: {type: Hard}, within: 5s}}'
    const played = await play(steps)
    played.actor.receive('Reset', { type: 'Soft' })
    await played.run(5000)
    const result = played.result()
    expect(result).toMatchObject({
      failure: {
        summary: 'expect (line 2): no matching Reset within 5000 ms',
        reason: 'no Reset within 5000 ms; one came, but $.type: expected "Hard", got "Soft"',
      },
    })
    const later = await play('{expect: {action: Reset, payload: {type: Hard}}}, {expect: Reset}')
    later.actor.receive('Reset', { type: 'Soft' })
    later.actor.receive('Reset', { type: 'Hard' })
    await later.run(0)
    expect(later.result()).toEqual(completed)
  })

  test('`answer` looks at what the station answered', async () => {
    const played = await play('{expect: {action: Reset, answer: {status: Rejected}, within: 1s}}')
    played.actor.receive('Reset', {}, { status: 'Accepted' })
    await played.run(1000)
    expect(reason(played)).toContain('it was answered with $.status: expected "Rejected"')
  })

  test('a bare status is that of the answer', async () => {
    const right = await play('{expect: {action: Reset, answer: Rejected}}')
    right.actor.receive('Reset', {}, { status: 'Rejected' })
    await right.run(0)
    expect(right.result()).toEqual(completed)
    const wrong = await play(
      '{expect: {action: Reset, answer: {$oneOf: [Rejected, NotSupported]}, within: 1s}}',
    )
    wrong.actor.receive('Reset', {}, { status: 'Accepted' })
    await wrong.run(1000)
    expect(reason(wrong)).toContain('it was answered with $: expected one of')
  })

  test.each([
    ['callError: InternalError', { callError: 'InternalError' }, true],
    ['callError: $any', { callError: 'InternalError' }, true],
    ['callError: NotSupported', { callError: 'InternalError' }, false],
    ['callError: $any', { answer: {} }, false],
    ['callError: $any', { unanswered: true }, false],
    ['unanswered: true', { unanswered: true }, true],
    ['unanswered: true', { answer: {} }, false],
    ['unanswered: true', {}, false],
    ['answer: $any', { callError: 'InternalError' }, false],
    ['answer: $any', {}, false],
    ['answer: $any', { answer: {} }, true],
  ])('`%s` and a CALL that ended as %j: %s', async (wanted, end, isRight) => {
    const played = await play(`{expect: {action: Reset, ${wanted}, within: 1s}}`)
    played.actor.receiveEnding('Reset', end)
    await played.run(1000)
    expect(played.result()?.kind).toBe(isRight ? 'completed' : 'failed')
  })

  test('says how the CALL ended instead', async () => {
    const played = await play('{expect: {action: Reset, answer: Accepted, within: 1s}}')
    played.actor.receiveEnding('Reset', { unanswered: true })
    await played.run(1000)
    expect(reason(played)).toBe(
      'no Reset within 1000 ms; one came, but it was left without an answer',
    )
  })

  test('`none` waits all of the time and fails when one comes', async () => {
    const quiet = await play('{expect: {action: Reset, none: true, within: 10s}}')
    quiet.actor.receive('ClearCache')
    await quiet.run(9999)
    expect(quiet.result()).toBeUndefined()
    await quiet.run(1)
    expect(quiet.result()).toEqual(completed)

    const loud = await play('{expect: {action: Reset, none: true, within: 10s}}')
    loud.actor.receive('Reset', { type: 'Soft' })
    await loud.run(0)
    expect(reason(loud)).toBe('Reset came, and none should: {"type":"Soft"}')
  })

  test('`none` says nothing of what came before', async () => {
    const played = await play('{wait: 1s}, {expect: {action: Reset, none: true, within: 1s}}')
    played.actor.receive('Reset')
    await played.run(2000)
    expect(played.result()).toEqual(completed)
  })

  test('`count` wants so many within the time', async () => {
    const played = await play('{expect: {action: Reset, count: 3, within: 10s}}')
    played.actor.receive('Reset')
    played.actor.receive('Reset')
    await played.run(9000)
    expect(played.result()).toBeUndefined()
    await played.run(1000)
    expect(reason(played)).toBe('no Reset within 10000 ms')
  })

  test('`order` wants one after the other, whatever comes between', async () => {
    const steps =
      '{expect: {order: [ClearCache, {action: Reset, payload: {type: Soft}}], within: 5s}}'
    const right = await play(steps)
    for (const action of ['ClearCache', 'GetConfiguration']) right.actor.receive(action)
    right.actor.receive('Reset', { type: 'Soft' })
    await right.run(0)
    expect(right.result()).toEqual(completed)

    const wrong = await play(steps)
    wrong.actor.receive('Reset', { type: 'Soft' })
    wrong.actor.receive('ClearCache')
    await wrong.run(5000)
    expect(reason(wrong)).toBe('no Reset within 5000 ms')
  })

  test.each([
    [6500, true],
    [6700, false],
  ])('`every: 6s ±10%%` with a gap of %d ms: %s', async (gap, isRight) => {
    const played = await play('{expect: {action: Reset, every: 6s ±10%, within: 30s}}')
    played.actor.receive('Reset')
    await played.run(gap)
    played.actor.receive('Reset')
    await played.run(0)
    expect(played.result()?.kind).toBe(isRight ? 'completed' : 'failed')
  })

  test('saves from the CALL, and matches with saved values', async () => {
    const steps =
      '{expect: {action: RemoteStartTransaction, save: {tag: $.idTag}}}, ' +
      '{expect: {action: RemoteStartTransaction, payload: {idTag: "{tag}"}}}, {log: "{tag}"}'
    const played = await play(steps)
    played.actor.receive('RemoteStartTransaction', { idTag: 'A' })
    await played.run(0)
    played.actor.receive('RemoteStartTransaction', { idTag: 'B' })
    await played.run(0)
    expect(played.result()).toBeUndefined()
    played.actor.receive('RemoteStartTransaction', { idTag: 'A' })
    await played.run(0)
    expect(played.logs).toEqual(['A'])
  })

  test('two branches never consume the same CALL', async () => {
    const played = await play('{parallel: [[{expect: Reset}], [{expect: Reset}]]}')
    played.actor.receive('Reset')
    await played.run(0)
    expect(played.result()).toBeUndefined()
    played.actor.receive('Reset')
    await played.run(0)
    expect(played.result()).toEqual(completed)
  })

  test('`every` waits its periods besides `within`', async () => {
    const played = await play('{expect: {action: Reset, every: 60s, count: 3}}')
    for (const ms of [0, 60_000, 60_000]) {
      await played.run(ms)
      played.actor.receive('Reset')
    }
    await played.run(0)
    expect(played.result()).toEqual(completed)
  })
})
