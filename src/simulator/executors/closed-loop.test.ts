import { describe, expect, test } from 'vitest'
import { FakeStation } from '../../../test/helpers/fake-load-station.ts'
import { ClosedLoop } from './closed-loop.ts'

describe('ClosedLoop', () => {
  test('sends the next draw when the last is answered, and none before it begins', () => {
    const loop = new ClosedLoop(1, { Heartbeat: 1 })
    const station = new FakeStation(0, false)
    loop.ready(station)
    expect(station.issued).toEqual([])
    loop.start()
    expect(station.issued.length).toBe(1)
    station.answer()
    expect(station.issued.length).toBe(2)
    loop.stop()
    expect(loop.idle).toBe(false)
    station.answer()
    expect(station.issued.length).toBe(2)
    expect(loop.idle).toBe(true)
  })

  test('draws by weight, from a stream of the station alone', () => {
    const draw = (index: number) => {
      const loop = new ClosedLoop(1, { Heartbeat: 1, MeterValues: 3 })
      const station = new FakeStation(index, false)
      loop.ready(station)
      loop.start()
      for (let i = 0; i < 4000; i += 1) station.answer()
      return station.issued.map((call) => call.action)
    }
    const share = draw(0).filter((action) => action === 'MeterValues').length / 4001
    expect(share).toBeGreaterThan(0.72)
    expect(share).toBeLessThan(0.78)
    expect(draw(0)).toEqual(draw(0))
    expect(draw(1)).not.toEqual(draw(0))
  })

  test('answers that come at once do not deepen the stack, and a break ends the loop', () => {
    const loop = new ClosedLoop(1, { Heartbeat: 1 })
    const station = new FakeStation(0)
    const issue = station.issue.bind(station)
    station.issue = (call) => {
      if (station.issued.length >= 100_000) station.ready = false
      issue(call)
    }
    loop.ready(station)
    loop.start()
    expect(station.issued.length).toBe(100_001)
    expect(loop.idle).toBe(true)
    station.ready = true
    loop.ready(station)
    expect(station.issued.length).toBe(100_002)
  })
})
