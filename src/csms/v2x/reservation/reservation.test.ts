import { describe, expect, test } from 'vitest'
import { csmsLab } from '../../../../test/helpers/csms-lab.ts'
import { reservationsOf } from '../../domain/reservations.ts'

const now = '2026-01-01T00:00:00.000Z'
const later = '2026-01-01T01:00:00.000Z'
const guest = { idToken: 'GUEST', type: 'ISO14443' }
const reserve = (id: number, more: object = {}) => ({
  id,
  idToken: guest,
  expiryDateTime: later,
  ...more,
})

describe.each(['ocpp2.0.1', 'ocpp2.1'] as const)('reservations of a station of %s', (version) => {
  test('[2.0.1 H01] those that it accepted are remembered, by EVSE, type and group', async () => {
    const lab = await csmsLab(version)
    await lab.command('ReserveNow', reserve(1, { evseId: 2 }))
    const groupIdToken = { idToken: 'FAMILY', type: 'Central' }
    await lab.command('ReserveNow', reserve(2, { connectorType: 'cCCS2', groupIdToken }))
    await lab.command('ReserveNow', reserve(3), { status: 'Occupied' })
    const known = { idToken: 'GUEST', expiryDate: later, acceptedAt: now, state: 'Active' }
    expect(lab.record.reservations).toEqual([
      { ...known, reservationId: 1, evseId: 2 },
      { ...known, reservationId: 2, connectorType: 'cCCS2', groupId: 'FAMILY' },
    ])
    expect(lab.csms.events).toContainEqual(
      expect.objectContaining({ type: 'reservation', reservationId: 1, evseId: 2 }),
    )
  })

  test('[2.0.1 H01.FR.02, H02] replaced and cancelled', async () => {
    const lab = await csmsLab(version)
    await lab.command('ReserveNow', reserve(1, { evseId: 1 }))
    await lab.command('ReserveNow', reserve(1, { evseId: 2 }))
    await lab.command('CancelReservation', { reservationId: 1 })
    expect(lab.record.reservations).toMatchObject([
      { evseId: 1, state: 'Replaced' },
      { evseId: 2, state: 'Cancelled', endedAt: now },
    ])
  })

  test('[2.0.1 H01.FR.16, H04] what the station ended is over', async () => {
    const lab = await csmsLab(version)
    for (const id of [1, 2]) await lab.command('ReserveNow', reserve(id, { evseId: id }))
    const update = (reservationId: number, reservationUpdateStatus: string) =>
      lab.tell('ReservationStatusUpdate', { reservationId, reservationUpdateStatus })
    expect(await update(1, 'Expired')).toEqual({})
    expect(await update(2, 'Removed')).toEqual({})
    expect(await update(9, 'Removed')).toEqual({})
    expect(lab.record.reservations).toMatchObject([{ state: 'Expired' }, { state: 'Removed' }])
  })

  test('[2.0.1 H01.FR.15] a TransactionEvent uses the one that it names', async () => {
    const lab = await csmsLab(version, { tokens: [{ idToken: 'GUEST', status: 'Accepted' }] })
    await lab.command('ReserveNow', reserve(1, { evseId: 1 }))
    await lab.tell('TransactionEvent', {
      eventType: 'Started',
      seqNo: 0,
      timestamp: now,
      triggerReason: 'Authorized',
      reservationId: 1,
      idToken: guest,
      transactionInfo: { transactionId: 'T1' },
    })
    expect(lab.record.reservations).toMatchObject([{ state: 'Used', transactionId: 'T1' }])
    expect(lab.station.transaction('T1')).toMatchObject({ reservationId: 1 })
  })

  test('one whose time has passed reads Expired, though the station is away', async () => {
    const lab = await csmsLab(version)
    await lab.command('ReserveNow', reserve(1, { evseId: 1 }))
    await lab.csms.clock.run(3_600_000)
    expect(reservationsOf(lab.record, lab.csms.clock.wallMs())).toMatchObject([
      { state: 'Expired', endedAt: later },
    ])
  })
})

test('[2.1 H03.FR.11] a reservation that was used for nothing', async () => {
  const lab = await csmsLab('ocpp2.1')
  await lab.command('ReserveNow', reserve(1, { evseId: 1 }))
  await lab.tell('ReservationStatusUpdate', {
    reservationId: 1,
    reservationUpdateStatus: 'NoTransaction',
  })
  expect(lab.record.reservations).toMatchObject([{ state: 'NoTransaction' }])
})
