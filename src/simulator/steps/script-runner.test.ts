import { describe, expect, test } from 'vitest'
import { play } from '../../../test/helpers/play.ts'

describe('runScript', () => {
  test('a script that is called off ends quietly, wherever it waits', async () => {
    for (const steps of [
      '{wait: 1d}',
      '{expect: {action: Reset, within: 1h}}',
      '{disconnect: 1h}',
    ]) {
      const played = await play(steps)
      played.cancel.cancel('the run is over')
      await played.run(0)
      expect(played.result()).toEqual({ kind: 'cancelled' })
      expect(played.actor.clock.pending).toBe(0)
      expect(played.actor.listeners).toBe(0)
    }
  })

  test('`on` reacts to CALLs of the CSMS, with the CALL at hand', async () => {
    const fleet = 'on: {Reset: [{log: "{request.type}"}, {wait: 1s}, {log: done}]},'
    const played = await play('{wait: 10s}', { fleet })
    played.actor.receive('Reset', { type: 'Soft' })
    played.actor.receive('ClearCache')
    await played.run(1000)
    expect(played.logs).toEqual(['Soft', 'done'])
    expect(played.result()).toBeUndefined()
  })

  test('a reaction does not take the CALL away from an expect', async () => {
    const fleet = 'on: {Reset: [{log: reacted}]},'
    const played = await play('{expect: Reset}', { fleet })
    played.actor.receive('Reset')
    await played.run(0)
    expect(played.logs).toEqual(['reacted'])
    expect(played.result()).toEqual({ kind: 'completed' })
  })

  test('a reaction that fails ends the script', async () => {
    const fleet = 'on: {Reset: [{log: "{request.nope}"}]},'
    const played = await play('{wait: 10s}', { fleet })
    played.actor.receive('Reset')
    await played.run(0)
    expect(played.result()).toMatchObject({ kind: 'failed', failure: { step: 'log' } })
    expect(played.actor.clock.pending).toBe(0)
  })

  test('the script waits for the reactions it set off', async () => {
    const played = await play('boot', { fleet: 'on: {Reset: [{wait: 5s}]},' })
    expect(played.result()).toEqual({ kind: 'completed' })
    const waiting = await play('{wait: 1s}', { fleet: 'on: {Reset: [{wait: 5s}]},' })
    waiting.actor.receive('Reset')
    await waiting.run(1000)
    expect(waiting.result()).toBeUndefined()
    await waiting.run(4000)
    expect(waiting.result()).toEqual({ kind: 'completed' })
  })

  test('reactions go on after the script until the run is over', async () => {
    const fleet = 'on: {Reset: [{log: "{request.type}"}]},'
    const played = await play('boot', { fleet })
    played.actor.receive('Reset', { type: 'Soft' })
    played.actor.receive('Reset', {})
    await played.run(0)
    expect(played.logs).toEqual(['Soft'])
    expect(played.lateFailures).toMatchObject([
      { reason: 'there is no value for "{request.type}"' },
    ])
    played.cancel.cancel('over')
    expect(played.actor.listeners).toBe(0)
  })

  test('a script that is played again leaves no reactions behind', async () => {
    const fleet = 'on: {Reset: [{log: x}]},'
    const played = await play('boot', { fleet, reactAfterwards: false })
    expect(played.actor.listeners).toBe(0)
  })

  test('a flood of CALLs sets off a bounded number of reactions', async () => {
    const played = await play('{wait: 10s}', { fleet: 'on: {Reset: [{log: x}, {wait: 1s}]},' })
    for (let i = 0; i < 100; i += 1) played.actor.receive('Reset')
    await played.run(0)
    expect(played.logs).toHaveLength(16)
  })

  test('a fault of csms is reported and fails the script, and nothing is thrown', async () => {
    const played = await play('{wait: 1s}, boot', {
      prepare(actor) {
        actor.boot = () => Promise.reject(new Error('broken'))
      },
    })
    await played.run(1000)
    expect(played.faults).toEqual([new Error('broken')])
    expect(played.result()).toMatchObject({
      failure: { summary: 'fault in csms: Error: broken' },
    })
  })

  test('reasons are sentences, however long the payload', async () => {
    const played = await play('{expect: {action: DataTransfer, none: true}}')
    played.actor.receive('DataTransfer', { data: 'x'.repeat(10_000) })
    await played.run(0)
    const result = played.result()
    const text = result?.kind === 'failed' ? result.failure.reason : ''
    expect(text.length).toBeLessThanOrEqual(500)
    expect(text).toContain('DataTransfer came')
  })

  test('so are those that are counted, however long the code of a CALLERROR', async () => {
    const wireCode = 'X'.repeat(10_000)
    const played = await play('{call: Heartbeat}', {
      prepare(actor) {
        actor.call = () =>
          Promise.resolve({
            kind: 'error',
            code: undefined,
            wireCode,
            description: '',
            details: {},
          })
      },
    })
    await played.run(0)
    const result = played.result()
    const summary = result?.kind === 'failed' ? result.failure.summary : ''
    expect(summary).toMatch(/^call \(line \d+\): got CALLERROR X+$/)
    expect(summary.length).toBe(500)
  })
})
