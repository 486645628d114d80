import { describe, expect, test, vi } from 'vitest'
import { VirtualClock } from '../shared/virtual-clock.ts'
import { EventHub, type Told, type Wanted } from './event-hub.ts'
import type { CsmsEvent } from './events.ts'

const frame: CsmsEvent = { type: 'frame', stationId: 'CP1', direction: 'in', text: '[]' }
const notified = (action: string): CsmsEvent => ({
  type: 'notified',
  stationId: 'CP1',
  action,
  payload: {},
})

function hubOf(observed = false) {
  const clock = new VirtualClock()
  const observer = observed ? vi.fn() : undefined
  const hub = new EventHub({ observer, frames: false, clock })
  const wanted: Wanted[] = []
  hub.changed = (now) => wanted.push(now)
  return { clock, hub, observer, wanted }
}

const actionsOf = (told: readonly Told[] | undefined) =>
  told?.map(({ event }) => (event.type === 'notified' ? event.action : event.type))

describe('EventHub', () => {
  test('wants nothing while nobody listens, and lingers for who may come back', () => {
    const { clock, hub, wanted } = hubOf()
    expect(hub.wanted).toEqual({ events: false, frames: false })
    const leave = hub.subscribe({ frames: true, hear: () => undefined })
    leave()
    leave()
    clock.advance(59_000)
    expect(hub.wanted).toEqual({ events: true, frames: false })
    clock.advance(2_000)
    expect(wanted).toEqual([
      { events: true, frames: true },
      { events: true, frames: false },
      { events: false, frames: false },
    ])
  })

  test('an observer hears everything but frames it did not ask for', () => {
    const { hub, observer } = hubOf(true)
    expect(hub.wanted).toEqual({ events: true, frames: false })
    hub.publish(notified('A'))
    hub.publish(frame)
    expect(observer?.mock.calls).toEqual([[notified('A')]])
  })

  test('frames go to who asked for them only', () => {
    const { hub } = hubOf()
    const with_: Told[] = []
    const without: Told[] = []
    hub.subscribe({ frames: true, hear: (told) => with_.push(told) })
    hub.subscribe({ frames: false, hear: (told) => without.push(told) })
    hub.publish(frame)
    hub.publish(notified('A'))
    expect(actionsOf(with_)).toEqual(['frame', 'A'])
    expect(actionsOf(without)).toEqual(['A'])
    expect(with_[0]?.id).toBeUndefined()
  })

  test('tells what happened after an event, as long as it is known', () => {
    const { hub } = hubOf(true)
    const begin = hub.lastId
    hub.publish(notified('A'))
    const first = hub.lastId
    hub.publish(notified('B'))
    expect(actionsOf(hub.after(begin))).toEqual(['A', 'B'])
    expect(actionsOf(hub.after(first))).toEqual(['B'])
    expect(hub.after(hub.lastId)).toEqual([])
    for (let i = 0; i < 3_000; i += 1) hub.publish(notified('C'))
    expect(hub.after(first)).toBeUndefined()
    expect(hub.after(begin)).toBeUndefined()
    expect(hub.after('of-another-process-7')).toBeUndefined()
  })
})
