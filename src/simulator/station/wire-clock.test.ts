import { describe, expect, test } from 'vitest'
import { ScaledClock } from '../../shared/clock.ts'
import { VirtualClock } from '../../shared/virtual-clock.ts'
import { WireClock } from './wire-clock.ts'

const boot = '2026-05-01T12:00:00.000Z'

describe('WireClock', () => {
  test('shows simulated wall time until the CSMS names a time, and runs on from that', () => {
    const simulated = new VirtualClock(Date.UTC(2026, 0, 1))
    const clock = new WireClock(simulated, 1, 0)
    expect(clock.iso()).toBe('2026-01-01T00:00:00.000Z')
    clock.adopt(boot)
    simulated.advance(1500)
    expect(clock.iso()).toBe('2026-05-01T12:00:01.500Z')
  })

  test('runs at the speed of the simulation and is corrected by its first answer only', () => {
    const real = new VirtualClock()
    const clock = new WireClock(new ScaledClock(real, 60, 0, 0), 60, 0)
    clock.adopt(boot)
    real.advance(1000)
    clock.adopt('2026-05-01T12:00:00.100Z')
    expect(clock.iso()).toBe('2026-05-01T12:01:00.000Z')
  })

  test('at speed 1 a heartbeat corrects what is more than the way of an answer', () => {
    const simulated = new VirtualClock()
    const clock = new WireClock(simulated, 1, 0)
    clock.adopt(boot)
    clock.adopt('2026-05-01T12:00:00.900Z')
    expect(clock.iso()).toBe(boot)
    clock.adopt('2026-05-01T11:00:00.000Z')
    expect(clock.iso()).toBe('2026-05-01T11:00:00.000Z')
  })

  test('a backdated clock lies that much behind the CSMS', () => {
    const clock = new WireClock(new VirtualClock(), 60, 3_600_000)
    clock.adopt(boot)
    expect(clock.iso()).toBe('2026-05-01T11:00:00.000Z')
  })

  test.each(['0001-01-01T00:00:00Z', '9999-12-31T23:59:59Z'])(
    'a time of no age of ours changes nothing: %s',
    (currentTime) => {
      const simulated = new VirtualClock()
      const clock = new WireClock(simulated, 1, 0)
      clock.adopt(boot)
      expect(clock.adopt(currentTime)).toBe(0)
      simulated.advance(60_000)
      expect(clock.iso()).toBe('2026-05-01T12:01:00.000Z')
    },
  )

  test('what is no time changes nothing', () => {
    const clock = new WireClock(new VirtualClock(), 1, 0)
    clock.adopt('soon')
    clock.adopt(undefined)
    expect(clock.iso()).toBe('2026-01-01T00:00:00.000Z')
  })
})
