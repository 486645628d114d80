import { test } from 'vitest'
import type { Actions16 } from '../../../src/ocpp/v16/actions.ts'
import { Evidence } from '../evidence.ts'
import { cancel, plug, token } from '../lab.ts'
import { type Lab16, startLab16, status } from './lab16.ts'

/* Reservations, between a real station and a real management system. */

const reservations = new Evidence<Actions16>('ocpp1.6', 'reservation')

interface ReservationRow {
  readonly reservationId: number
  readonly idToken: string
  readonly state: string
}

const inAnHour = () => new Date(Date.now() + 3_600_000).toISOString()
const order = () => ({
  connectorId: 1,
  idTag: 'T1',
  reservationId: 7,
  expiryDate: inAnHour(),
})

const stored = async (lab: Lab16, state: string): Promise<string | undefined> => {
  const [row] = (await lab.known<readonly ReservationRow[]>('reservations')) ?? []
  return row?.state === state
    ? `reservation ${row.reservationId} of ${row.idToken} is stored as ${row.state}`
    : undefined
}

test('[1.6 5.13] ReserveNow', async () => {
  await using lab = await startLab16()
  const actor = await lab.connect()
  let turnedAway: string | undefined
  await reservations.shows(lab, 'ReserveNow', {
    call: () => lab.command('ReserveNow', order()),
    station: {
      clause: '1.6 5.13',
      async afterwards() {
        const answer = await actor.authorize(plug, token('GUEST'), cancel)
        turnedAway = answer.ok ? undefined : answer.reason
      },
      effect: (seen) =>
        status(seen, 1) === 'Reserved' && turnedAway !== undefined
          ? `StatusNotification Reserved; somebody else is turned away: ${turnedAway}`
          : undefined,
    },
    csms: { clause: '1.6 5.13', effect: () => stored(lab, 'Active') },
  })
})

test('[1.6 5.1] CancelReservation', async () => {
  await using lab = await startLab16()
  const actor = await lab.connect()
  await lab.command('ReserveNow', order())
  await lab.until('Reserved', () =>
    lab.frames.some(({ payload }) => 'status' in payload && payload.status === 'Reserved')
      ? true
      : undefined,
  )
  let letIn: boolean | undefined
  await reservations.shows(lab, 'CancelReservation', {
    call: () => lab.command('CancelReservation', { reservationId: 7 }),
    station: {
      clause: '1.6 5.1',
      async afterwards() {
        letIn = (await actor.authorize(plug, token('GUEST'), cancel)).ok
      },
      effect(seen) {
        const told = seen.calls('StatusNotification').map(({ status }) => status)
        return told.includes('Available') && letIn
          ? 'StatusNotification Available; somebody else is let in'
          : undefined
      },
    },
    csms: { clause: '1.6 5.1', effect: () => stored(lab, 'Cancelled') },
  })
})

test('docs/reference/ocpp16.md tells what was seen of reservations', () =>
  reservations.isWrittenDown())
