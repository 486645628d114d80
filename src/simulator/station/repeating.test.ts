import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { Repeating } from './repeating.ts'

describe('Repeating', () => {
  test('comes at origin + k x interval', () => {
    const clock = new VirtualClock()
    const at: number[] = []
    new Repeating(clock).start(100, () => at.push(clock.monotonicMicros() / 1000))
    clock.advance(350)
    expect(at).toEqual([100, 200, 300])
  })

  test('what is kept at its interval goes on; at another one, or stopped, it starts over', () => {
    const clock = new VirtualClock()
    const at: number[] = []
    const repeating = new Repeating(clock)
    const keep = (intervalMs: number) =>
      repeating.keep(intervalMs, () => at.push(clock.monotonicMicros() / 1000))
    keep(100)
    clock.advance(70)
    keep(100)
    clock.advance(70)
    keep(50)
    clock.advance(60)
    repeating.stop()
    keep(50)
    clock.advance(60)
    keep(0)
    clock.advance(1000)
    expect(at).toEqual([100, 190, 250])
  })

  test('what passed while the process was busy is not made up for', () => {
    const real = new VirtualClock()
    let now = 0
    const late = {
      monotonicMicros: () => now * 1000,
      wallMs: () => now,
      after: (ms: number, fn: () => void) => real.after(ms, fn),
    }
    const at: number[] = []
    new Repeating(late).start(100, () => at.push(now))
    now = 350
    real.advance(100)
    now = 400
    real.advance(50)
    expect(at).toEqual([350, 400])
  })

  test('no interval is no repetition, and stopping stops', () => {
    const clock = new VirtualClock()
    let count = 0
    const repeating = new Repeating(clock)
    repeating.start(0, () => {
      count += 1
    })
    expect(clock.pending).toBe(0)
    repeating.start(10, () => {
      count += 1
    })
    clock.advance(10)
    repeating.stop()
    clock.advance(100)
    expect(count).toBe(1)
    expect(clock.pending).toBe(0)
  })
})
