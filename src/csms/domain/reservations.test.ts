import { describe, expect, test } from 'vitest'
import {
  addReservation,
  endReservation,
  expireReservations,
  removeReservations,
  reservationsOf,
} from './reservations.ts'
import { newStation, Station } from './station.ts'

const at = (minute: number) => new Date(Date.UTC(2026, 0, 1, 0, minute)).toISOString()
const known = {
  reservationId: 7,
  connectorId: 1,
  idToken: 'GUEST',
  groupId: undefined,
  expiryDate: at(30),
  acceptedAt: at(0),
}

const states = (record: ReturnType<typeof newStation>) =>
  (record.reservations ?? []).map(({ reservationId, state }) => `${reservationId} ${state}`)

function withStatus(statuses: Readonly<Record<number, string>>) {
  const record = newStation('CP1')
  const station = new Station(record, [])
  for (const [id, status] of Object.entries(statuses)) {
    station.connector(undefined, Number(id)).status = status
  }
  return record
}

describe('reservations of a station', () => {
  test('[1.6 5.13] one of the same id replaces the other, and both are remembered', () => {
    const record = newStation('CP1')
    addReservation(record, known)
    addReservation(record, { ...known, connectorId: 2, acceptedAt: at(1) })
    expect(states(record)).toEqual(['7 Replaced', '7 Active'])
    expect(record.reservations?.[0]).toMatchObject({ endedAt: at(1) })
  })

  test('an end counts once, and only for a reservation that stands', () => {
    const record = newStation('CP1')
    addReservation(record, known)
    expect(endReservation(record, 8, 'Cancelled', at(5))).toEqual([])
    expect(endReservation(record, 7, 'Used', at(5), 42)).toHaveLength(1)
    expect(endReservation(record, 7, 'Cancelled', at(6))).toEqual([])
    expect(record.reservations).toMatchObject([
      { state: 'Used', endedAt: at(5), transactionId: 42 },
    ])
  })

  test('[1.6 5.13] it expires with its time, not before', () => {
    const record = newStation('CP1')
    addReservation(record, known)
    expect(expireReservations(record, Date.parse(at(30)) - 1)).toEqual([])
    const expired = { state: 'Expired', endedAt: at(30) }
    expect(reservationsOf(record, Date.parse(at(30)))).toMatchObject([expired])
    expect(states(record)).toEqual(['7 Active'])
    expect(expireReservations(record, Date.parse(at(30)))).toMatchObject([expired])
    expect(expireReservations(record, Date.parse(at(40)))).toEqual([])
  })

  test.each([
    ['its connector is Faulted', { 1: 'Faulted', 2: 'Available' }, ['7 Removed', '8 Active']],
    ['the station is Unavailable', { 0: 'Unavailable' }, ['7 Removed', '8 Removed']],
    [
      'every connector is out of service',
      { 1: 'Unavailable', 2: 'Faulted' },
      ['7 Removed', '8 Removed'],
    ],
    ['another connector is Faulted', { 1: 'Reserved', 2: 'Faulted' }, ['7 Active', '8 Active']],
  ])('[1.6 5.13] where %s', (_name, statuses, expected) => {
    const record = withStatus(statuses)
    addReservation(record, known)
    addReservation(record, { ...known, reservationId: 8, connectorId: 0 })
    const removed = expected.filter((one) => one.endsWith('Removed'))
    expect(removeReservations(record, at(3))).toHaveLength(removed.length)
    expect(states(record)).toEqual(expected)
  })

  test('a hundred are kept; the oldest that is over goes first', () => {
    const record = newStation('CP1')
    for (let id = 1; id <= 100; id += 1) addReservation(record, { ...known, reservationId: id })
    endReservation(record, 3, 'Cancelled', at(1))
    addReservation(record, { ...known, reservationId: 101 })
    expect(record.reservations).toHaveLength(100)
    expect(states(record)).not.toContain('3 Cancelled')
    expect(states(record)).toContain('1 Active')
  })
})
