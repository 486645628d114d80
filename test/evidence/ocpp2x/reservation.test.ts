import { describe, expect, test } from 'vitest'
import type { Actions201 } from '../../../src/ocpp/v201/actions.ts'
import type { StationActor } from '../../../src/simulator/steps/actor.ts'
import { Evidence } from '../evidence.ts'
import { cancel, plug, token } from '../lab.ts'
import { connectorStatus, type Lab2x, startLab2x, versions2x } from './lab2x.ts'

/* H. Who may come at what time. */

interface ReservationRow {
  readonly reservationId: number
  readonly idToken: string
  readonly state: string
}

const order = () => ({
  id: 7,
  evseId: 1,
  idToken: { idToken: 'T1', type: 'Central' } as const,
  expiryDateTime: new Date(Date.now() + 3_600_000).toISOString(),
})

const stored = async (lab: Lab2x, state: string): Promise<string | undefined> => {
  const [row] = (await lab.known<readonly ReservationRow[]>('reservations')) ?? []
  return row?.state === state
    ? `reservation ${row.reservationId} of ${row.idToken} is stored as ${row.state}`
    : undefined
}

const reserved = (lab: Lab2x): Promise<true> =>
  lab.until('Reserved', () =>
    lab.frames.some(
      ({ payload }) => 'connectorStatus' in payload && payload.connectorStatus === 'Reserved',
    )
      ? true
      : undefined,
  )

/** Somebody else presents his card. */
const guest = (actor: StationActor) => actor.authorize(plug, token('GUEST'), cancel)

describe.each(versions2x)('%s', (version) => {
  const evidence = new Evidence<Actions201>(version, 'reservation')

  test('[2.0.1 H01, H02] ReserveNow and CancelReservation', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    let turnedAway: string | undefined
    await evidence.shows(lab, 'ReserveNow', {
      call: () => lab.command('ReserveNow', order()),
      csms: { clause: '2.0.1 H01.FR.03', effect: () => stored(lab, 'Active') },
      station: {
        clause: '2.0.1 H01.FR.23, H03.FR.01',
        async afterwards() {
          const answer = await guest(actor)
          turnedAway = answer.ok ? undefined : answer.reason
        },
        effect: (seen) =>
          connectorStatus(seen, 1) === 'Reserved' && turnedAway !== undefined
            ? `StatusNotification Reserved; somebody else is turned away: ${turnedAway}`
            : undefined,
      },
    })
    let letIn = false
    await evidence.shows(lab, 'CancelReservation', {
      call: () => lab.command('CancelReservation', { reservationId: 7 }),
      csms: { clause: '2.0.1 H02.FR.02', effect: () => stored(lab, 'Cancelled') },
      station: {
        clause: '2.0.1 H02.FR.02',
        async afterwards() {
          letIn = (await guest(actor)).ok
        },
        effect: (seen) =>
          connectorStatus(seen, 1) === 'Available' && letIn
            ? 'StatusNotification Available; somebody else is let in'
            : undefined,
      },
    })
  })

  test('[2.0.1 H01] ReservationStatusUpdate', async () => {
    await using lab = await startLab2x(version)
    const actor = await lab.connect()
    await lab.command('ReserveNow', order())
    await reserved(lab)
    expect(await guest(actor)).toMatchObject({ ok: false })
    let letIn = false
    await evidence.shows(lab, 'ReservationStatusUpdate', {
      call: () => actor.fault(plug, { code: 'GroundFailure' }),
      csms: { clause: '2.0.1 H01.FR.16', effect: () => stored(lab, 'Removed') },
      station: {
        clause: '2.0.1 H01.FR.16',
        async afterwards() {
          await actor.clearFault(plug)
          letIn = (await guest(actor)).ok
        },
        effect: () =>
          letIn
            ? 'the fault is mended: somebody else, turned away before it, is let in'
            : undefined,
      },
    })
  })

  test('what was seen is written down', () => evidence.isWrittenDown())
})
