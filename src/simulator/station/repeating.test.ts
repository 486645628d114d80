import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { Repeating } from './repeating.ts'

describe('Repeating', () => {
  test('comes at origin + k x interval, the first time possibly earlier', () => {
    const clock = new VirtualClock()
    const at: number[] = []
    new Repeating(clock).start(100, () => at.push(clock.monotonicMicros() / 1000), 30)
    clock.advance(350)
    expect(at).toEqual([30, 130, 230, 330])
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
