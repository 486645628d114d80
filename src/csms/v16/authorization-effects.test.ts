import { describe, expect, test } from 'vitest'
import { memoryCsms } from '../../../test/helpers/memory-csms.ts'

const minute = 60_000

/** A CSMS with a booted station that answers every command as told. */
async function connected(answers: Readonly<Record<string, object>>) {
  const csms = memoryCsms({
    pingIntervalMs: 0,
    tokens: [
      { idToken: 'GUEST', status: 'Accepted' },
      { idToken: 'MUM', status: 'Accepted', groupId: 'FAMILY' },
      { idToken: 'DAD', status: 'Accepted', groupId: 'FAMILY' },
    ],
  })
  const station = await csms.boot('CP1')
  const given = { ...answers }
  station.serve = (action) => given[action]
  const record = csms.store.stations.get('CP1')
  if (!record) throw new Error('there is no CP1')
  const inMinutes = (minutes: number) =>
    new Date(csms.clock.wallMs() + minutes * minute).toISOString()
  const reserve = (request: object = {}) =>
    csms.commander.send('CP1', 'ReserveNow', {
      connectorId: 1,
      idTag: 'GUEST',
      reservationId: 7,
      expiryDate: inMinutes(30),
      ...request,
    })
  const status = (connectorId: number, value: string) =>
    station.ask('StatusNotification', { connectorId, status: value, errorCode: 'NoError' })
  return { csms, station, record, given, inMinutes, reserve, status }
}

describe('reservations', () => {
  test('[1.6 5.13] one that the station accepted is remembered, a refused one is not', async () => {
    const { reserve, record, given, inMinutes } = await connected({
      ReserveNow: { status: 'Accepted' },
    })
    await reserve({ parentIdTag: 'FAMILY' })
    given['ReserveNow'] = { status: 'Occupied' }
    await reserve({ reservationId: 8 })
    expect(record.reservations).toEqual([
      {
        reservationId: 7,
        connectorId: 1,
        idToken: 'GUEST',
        groupId: 'FAMILY',
        expiryDate: inMinutes(30),
        acceptedAt: inMinutes(0),
        state: 'Active',
        endedAt: undefined,
        transactionId: undefined,
      },
    ])
  })

  test('[1.6 4.8] the StartTransaction that names it ends it', async () => {
    const { reserve, record, station, inMinutes } = await connected({
      ReserveNow: { status: 'Accepted' },
    })
    await reserve()
    const { transactionId } = await station.ask('StartTransaction', {
      connectorId: 1,
      idTag: 'GUEST',
      meterStart: 0,
      timestamp: inMinutes(2),
      reservationId: 7,
    })
    expect(record.reservations).toMatchObject([
      { state: 'Used', endedAt: inMinutes(2), transactionId },
    ])
  })

  test('[1.6 5.1] a cancelled one is over only if the station says so', async () => {
    const { csms, reserve, record, given } = await connected({
      ReserveNow: { status: 'Accepted' },
      CancelReservation: { status: 'Rejected' },
    })
    await reserve()
    const cancel = () => csms.commander.send('CP1', 'CancelReservation', { reservationId: 7 })
    await cancel()
    expect(record.reservations).toMatchObject([{ state: 'Active' }])
    given['CancelReservation'] = { status: 'Accepted' }
    await cancel()
    expect(record.reservations).toMatchObject([{ state: 'Cancelled' }])
  })

  test('[1.6 5.13] it expires, or ends with a fault, as the statuses tell', async () => {
    const { csms, reserve, record, status } = await connected({
      ReserveNow: { status: 'Accepted' },
    })
    await reserve()
    await reserve({ reservationId: 8, connectorId: 2, expiryDate: '2027-01-01T00:00:00Z' })
    csms.clock.advance(31 * minute)
    await status(1, 'Available')
    expect(record.reservations).toMatchObject([{ state: 'Expired' }, { state: 'Active' }])
    await status(2, 'Faulted')
    expect(record.reservations).toMatchObject([{ state: 'Expired' }, { state: 'Removed' }])
    const told = csms.events.flatMap((event) =>
      event.type === 'reservation' ? [`${event.reservationId} ${event.state}`] : [],
    )
    expect(told).toEqual(['7 Active', '8 Active', '7 Expired', '8 Removed'])
  })
})

describe('local lists', () => {
  const entries = [
    { idTag: 'MUM', idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } },
    { idTag: 'OLD', idTagInfo: { status: 'Expired', expiryDate: '2025-01-01T00:00:00Z' } },
  ]
  const full = { listVersion: 3, updateType: 'Full', localAuthorizationList: entries }

  test('[1.6 5.15] what the station accepted is what is on its list', async () => {
    const { csms, record, given } = await connected({ SendLocalList: { status: 'Accepted' } })
    await csms.commander.send('CP1', 'SendLocalList', full)
    given['SendLocalList'] = { status: 'VersionMismatch' }
    await csms.commander.send('CP1', 'SendLocalList', { ...full, listVersion: 4 })
    expect(record.localList).toMatchObject({
      version: 3,
      entries: [
        { idToken: 'MUM', status: 'Accepted', groupId: 'FAMILY' },
        { idToken: 'OLD', status: 'Expired', expiry: '2025-01-01T00:00:00Z' },
      ],
    })
    given['SendLocalList'] = { status: 'Accepted' }
    const differential = {
      listVersion: 4,
      updateType: 'Differential',
      localAuthorizationList: [{ idTag: 'OLD' }],
    }
    await csms.commander.send('CP1', 'SendLocalList', differential)
    expect(record.localList).toMatchObject({ version: 4, entries: [{ idToken: 'MUM' }] })
  })

  test('[1.6 5.10] the version that a station reports is remembered', async () => {
    const { csms, record } = await connected({ GetLocalListVersion: { listVersion: -1 } })
    await csms.commander.send('CP1', 'GetLocalListVersion', {})
    expect(record.localList).toMatchObject({ version: -1, entries: [] })
  })
})

describe('groups', () => {
  test('[1.6 3.10] the CSMS tells the parentIdTag everywhere, and notes who stopped', async () => {
    const { csms, station, inMinutes } = await connected({})
    const info = { idTagInfo: { status: 'Accepted', parentIdTag: 'FAMILY' } }
    expect(await station.ask('Authorize', { idTag: 'MUM' })).toEqual(info)
    const start = { connectorId: 1, idTag: 'MUM', meterStart: 0, timestamp: inMinutes(0) }
    const started = await station.ask('StartTransaction', start)
    expect(started).toMatchObject(info)
    const { transactionId } = started
    const stop = { transactionId, idTag: 'DAD', meterStop: 10, timestamp: inMinutes(1) }
    expect(await station.ask('StopTransaction', stop)).toEqual(info)
    expect([...csms.store.transactions.list()]).toMatchObject([
      { idToken: 'MUM', stopIdToken: 'DAD', stopReason: 'Local' },
    ])
  })
})
