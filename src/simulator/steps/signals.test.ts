import { describe, expect, test } from 'vitest'
import { play } from '../../../test/helpers/play.ts'
import { Cancel } from '../../shared/cancel.ts'
import { loneBoard, SignalBoard } from './signal-board.ts'

describe('signal and await', () => {
  test('who awaits goes on when somebody signals; who comes late goes on at once', async () => {
    const signals = loneBoard()
    const early = await play('{await: doors}, {log: in}', { signals })
    expect(early.logs).toEqual([])
    const giver = await play('{wait: 5s}, {signal: doors}', { signals })
    await giver.run(5000)
    await early.run(0)
    expect(early.logs).toEqual(['in'])
    const late = await play('{await: {signal: doors}}', { signals })
    expect(late.result()).toEqual({ kind: 'completed' })
  })

  test('signals are counted over all stations, by names that may hold values', async () => {
    const signals = loneBoard()
    const waiter = await play('{await: {signal: "ready-CP1", count: 3}}, {log: all}', { signals })
    await play('{signal: "ready-{id}"}, {signal: "ready-{id}"}', { signals })
    await waiter.run(0)
    expect(waiter.logs).toEqual([])
    await play('{signal: "ready-{id}"}', { signals })
    await waiter.run(0)
    expect(waiter.logs).toEqual(['all'])
  })

  test('a signal goes the way round: it is heard when it comes back', async () => {
    const sent: (readonly string[])[] = []
    const signals = new SignalBoard((name, stationId) => sent.push([name, stationId]))
    const both = await play('{signal: go}, {await: go}, {log: gone}', { signals })
    expect([sent, both.logs]).toEqual([[['go', 'CP1']], []])
    signals.hear('go')
    await both.run(0)
    expect(both.logs).toEqual(['gone'])
  })

  test('time is up in simulated time, and the sentence says how far it got', async () => {
    const signals = loneBoard()
    await play('{signal: ready}', { signals })
    const one = await play('{await: {signal: go, within: 2min}}', { signals })
    const more = await play('{await: ready, count: 4, within: 1min}', { signals })
    await one.run(119_999)
    expect(one.result()).toBeUndefined()
    await one.run(1)
    await more.run(60_000)
    const reason = (text: string) => ({ kind: 'failed', failure: { reason: text } })
    expect(one.result()).toMatchObject(reason('the signal "go" was never given within 2min'))
    expect(more.result()).toMatchObject(reason('1 of 4 signals "ready" were given within 1min'))
  })

  test('the end of the run ends every wait', async () => {
    const waiter = await play('{await: {signal: go, within: 1h}}')
    waiter.cancel.cancel('draining')
    await waiter.run(0)
    expect(waiter.result()).toEqual({ kind: 'cancelled' })
    expect(waiter.actor.clock.pending).toBe(0)
  })
})

describe('a deadlock', () => {
  test('is seen when all that still runs waits for signals', async () => {
    const signals = loneBoard()
    expect(signals.stuck).toBe(false)
    const waiter = await play('{await: go}', { signals })
    expect(signals.stuck).toBe(true)
    const busy = await play('{wait: 1min}', { signals })
    expect(signals.stuck).toBe(false)
    await busy.run(60_000)
    expect(signals.stuck).toBe(true)
    signals.giveUp()
    await waiter.run(0)
    expect(waiter.result()).toMatchObject({
      kind: 'failed',
      failure: {
        step: 'await',
        reason: 'the signal "go" was never given: all scripts that still run wait for signals',
      },
    })
    expect(signals.stuck).toBe(false)
  })

  test('is none while a branch beside the wait still does something', async () => {
    const signals = loneBoard()
    const steps = '{parallel: [[{await: a}], [{repeat: 2, steps: [{wait: 1min}]}, {await: b}]]}'
    const waiter = await play(steps, { signals })
    expect(signals.stuck).toBe(false)
    await waiter.run(60_000)
    expect(signals.stuck).toBe(false)
    await waiter.run(60_001)
    expect(signals.stuck).toBe(true)
  })

  test('is none where somebody waits only for a time', async () => {
    const signals = loneBoard()
    const timed = await play('{await: {signal: go, within: 1min}}', { signals })
    await play('{await: go}', { signals })
    expect(signals.stuck).toBe(false)
    signals.giveUp()
    await timed.run(0)
    expect(timed.result()).toBeUndefined()
  })

  test('a wait that was called off is forgotten', async () => {
    const signals = loneBoard()
    const cancel = new Cancel()
    const wait = signals.until('go', 1, cancel)
    cancel.cancel('over')
    await expect(wait).rejects.toThrow('over')
    signals.hear('go')
    expect(signals.heard('go')).toBe(1)
  })
})
