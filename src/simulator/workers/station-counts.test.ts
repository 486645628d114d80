import { expect, test } from 'vitest'
import { countStations, sumOfCounts } from './station-counts.ts'

const station = (
  state: 'idle' | 'connecting' | 'open' | 'backingOff',
  registration: 'none' | 'accepted' | 'pending',
) => {
  const open = state === 'open'
  return { link: { open, state }, registration, online: open && registration === 'accepted' }
}

test('every station stands in exactly one place', () => {
  const stations = [
    station('connecting', 'none'),
    station('backingOff', 'none'),
    station('open', 'none'),
    station('open', 'pending'),
    station('open', 'accepted'),
    station('idle', 'none'),
    station('idle', 'accepted'),
    station('backingOff', 'accepted'),
    station('connecting', 'accepted'),
  ]
  const counts = countStations(stations)
  expect(counts).toEqual({ connecting: 2, connected: 2, accepted: 1, offline: 4 })
  expect(sumOfCounts([counts, counts])).toEqual({
    connecting: 4,
    connected: 4,
    accepted: 2,
    offline: 8,
  })
})
