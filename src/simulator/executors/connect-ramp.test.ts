import { describe, expect, test } from 'vitest'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { ConnectRamp, type ConnectRampOptions } from './connect-ramp.ts'

function setUp(options: Partial<ConnectRampOptions>) {
  const clock = new VirtualClock()
  const launched: { index: number; atMs: number }[] = []
  let all = false
  const ramp = new ConnectRamp({
    clock,
    seed: 1,
    stations: Array.from({ length: 10 }, (_, i) => i),
    turnOf: (index) => index,
    ratePerSecond: undefined,
    jitterMs: 0,
    inFlight: 100,
    launch: (index) => launched.push({ index, atMs: clock.monotonicMicros() / 1000 }),
    launchedAll: () => {
      all = true
    },
    ...options,
  })
  return { clock, launched, ramp, all: () => all }
}

describe('ConnectRamp', () => {
  test('launches station i at i / rate, also when the worker has only some of them', () => {
    const { clock, launched, ramp, all } = setUp({ stations: [1, 3, 5], ratePerSecond: 10 })
    ramp.start()
    clock.advance(499)
    expect(all()).toBe(false)
    clock.advance(10)
    expect(launched.map(({ index }) => index)).toEqual([1, 3, 5])
    launched.forEach(({ index, atMs }) => {
      expect(atMs - index * 100).toBeGreaterThanOrEqual(0)
      expect(atMs - index * 100).toBeLessThanOrEqual(5)
    })
    expect(all()).toBe(true)
  })

  test('goes by turns where they are not the indexes, without those that have none', () => {
    const turnOf = (index: number) => (index < 3 ? 2 - index : undefined)
    const { clock, launched, ramp, all } = setUp({ turnOf, ratePerSecond: 10 })
    ramp.start()
    clock.advance(210)
    expect(launched.map(({ index }) => index)).toEqual([2, 1, 0])
    expect(all()).toBe(true)
  })

  test('holds back while too many handshakes are under way', () => {
    const { clock, launched, ramp } = setUp({ inFlight: 4 })
    ramp.start()
    expect(launched.length).toBe(4)
    for (let i = 0; i < 4; i += 1) ramp.connecting()
    clock.advance(100)
    expect(launched.length).toBe(4)
    ramp.settled()
    clock.advance(5)
    expect(launched.length).toBe(5)
  })

  test('a ramp that has to wait for handshakes tells how far it is behind its rate', () => {
    const { clock, ramp, launched, all } = setUp({ inFlight: 2, ratePerSecond: 100 })
    ramp.start()
    clock.advance(15)
    for (let i = 0; i < 2; i += 1) ramp.connecting()
    clock.advance(2000)
    expect(launched.length).toBe(2)
    expect(ramp.behindMs).toBeLessThan(10)
    for (let i = 0; i < 2; i += 1) ramp.settled()
    clock.advance(50)
    expect(all()).toBe(true)
    // The third was due at 20 ms and launched some 2 s later.
    expect(ramp.behindMs).toBeGreaterThan(1990)
    expect(ramp.behindMs).toBeLessThan(2010)
  })

  test('without a rate there is nothing to be behind of', () => {
    const { clock, ramp } = setUp({ inFlight: 1 })
    ramp.start()
    ramp.connecting()
    clock.advance(1000)
    ramp.settled()
    clock.advance(1000)
    expect(ramp.behindMs).toBe(0)
  })

  test('jitter moves each launch by a draw of its own', () => {
    const { clock, launched, ramp } = setUp({ jitterMs: 1000 })
    ramp.start()
    clock.advance(1010)
    expect(launched.length).toBe(10)
    expect(new Set(launched.map(({ atMs }) => atMs)).size).toBeGreaterThan(7)
    expect(launched.map(({ index }) => index)).not.toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9])
  })

  test('stopped, it launches nobody any more', () => {
    const { clock, launched, ramp } = setUp({ ratePerSecond: 10 })
    ramp.start()
    ramp.stop()
    clock.advance(5000)
    expect(launched.length).toBe(1)
  })
})
