import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { TxStartPoint, TxStopPoint } from '../../../scenario/plan.ts'
import { type FactsChange, TransactionTracker } from './transaction-tracker.ts'

const starts: readonly TxStartPoint[] = [
  'ParkingBayOccupancy',
  'EVConnected',
  'Authorized',
  'PowerPathClosed',
  'EnergyTransfer',
  'DataSigned',
]
const stops = starts.slice(0, -1) as readonly TxStopPoint[]

const plug = { connected: true }
const authorize = { authorized: true }
const energy = { energy: true }
const suspend = { energy: false }
const stop = { authorized: false, energy: false }
const unplug = { connected: false, energy: false }
const session = [plug, authorize, energy, stop, unplug]

function story(start: TxStartPoint, stopAt: TxStopPoint, changes: readonly FactsChange[]) {
  const tracker = new TransactionTracker()
  return changes.map((change) => tracker.change(change, [start], [stopAt]))
}

describe('TransactionTracker', () => {
  test.each([
    ['ParkingBayOccupancy', 0],
    ['EVConnected', 0],
    ['Authorized', 1],
    ['PowerPathClosed', 1],
    ['EnergyTransfer', 2],
    ['DataSigned', 2],
  ] as const)('[2.0.1 E01] with TxStartPoint %s a session starts at its point', (start, at) => {
    expect(story(start, 'EVConnected', session).indexOf('Started')).toBe(at)
  })

  test.each([
    ['ParkingBayOccupancy', 4],
    ['EVConnected', 4],
    ['Authorized', 3],
    ['PowerPathClosed', 3],
    ['EnergyTransfer', 3],
  ] as const)('[2.0.1 E06] with TxStopPoint %s a session ends at its point', (stopAt, at) => {
    expect(story('EVConnected', stopAt, session).indexOf('Ended')).toBe(at)
  })

  test('a card before the cable starts by Authorized at once and by PowerPathClosed later', () => {
    expect(story('Authorized', 'EVConnected', [authorize, plug])).toEqual(['Started', 'Updated'])
    expect(story('PowerPathClosed', 'EVConnected', [authorize, plug])).toEqual([
      undefined,
      'Started',
    ])
  })

  test('a stop point that never held does not keep the transaction open for ever', () => {
    expect(story('EVConnected', 'Authorized', [plug, unplug])).toEqual(['Started', 'Ended'])
    expect(story('Authorized', 'EVConnected', [authorize, stop])).toEqual(['Started', 'Ended'])
  })

  test('a second card on the same cable begins a second transaction', () => {
    expect(story('EVConnected', 'Authorized', [plug, authorize, stop, authorize])).toEqual([
      'Started',
      'Updated',
      'Ended',
      'Started',
    ])
  })

  test('with EnergyTransfer on both ends each pause of the EV splits the transaction', () => {
    const changes = [plug, authorize, energy, suspend, energy, stop]
    expect(story('EnergyTransfer', 'EnergyTransfer', changes).slice(2)).toEqual([
      'Started',
      'Ended',
      'Started',
      'Ended',
    ])
  })

  const points = <Point>(all: readonly Point[]) => fc.subarray([...all], { minLength: 1 })
  const change = fc.constantFrom<FactsChange>(
    plug,
    authorize,
    energy,
    suspend,
    stop,
    unplug,
    { connected: false, authorized: false, energy: false },
    { authorized: false, energy: false, decisive: true },
  )

  test('[2.0.1 E01, E06] whatever the points: Started first, Ended last, no energy outside', () => {
    fc.assert(
      fc.property(points(starts), points(stops), fc.array(change), (from, to, changes) => {
        const tracker = new TransactionTracker()
        let open = false
        for (const step of changes) {
          const event = tracker.change(step, from, to)
          if (open) expect(event === 'Updated' || event === 'Ended').toBe(true)
          else expect(event === undefined || event === 'Started').toBe(true)
          open = event === undefined ? open : event !== 'Ended'
          expect(tracker.open).toBe(open)
          if (tracker.energy) expect(open).toBe(true)
          if (!tracker.connected && !tracker.authorized) expect(open).toBe(false)
        }
      }),
    )
  })
})
