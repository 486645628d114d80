import type { PhysicalEvent } from '../../behaviour.ts'
import type { Evse } from '../../evse.ts'
import type { Block } from '../block.ts'
import type { Station2x } from '../station-2x.ts'
import { cancelReservation } from './cancel-reservation.ts'
import { reserveNow } from './reserve-now.ts'
import { stationReservations } from './station-reservations.ts'

/** Who may come at what time [2.0.1 H]. */
export const reservation: Block = {
  letter: 'H',
  handlers: { CancelReservation: cancelReservation, ReserveNow: reserveNow },
  registered: (station) => stationReservations.existing(station)?.resume(),
  reconnected: (station) => stationReservations.existing(station)?.resume(),
  happened,
  transactionEvent(station, evse, event) {
    const { transactionId } = event.transactionInfo
    const id = stationReservations.existing(station)?.tell(evse, transactionId)
    if (id !== undefined) event.reservationId = id
  },
  variable: (station, evse, name) =>
    name === 'reservationId' ? stationReservations.existing(station)?.lastUsed(evse) : undefined,
  barred: (station, evse, token) => stationReservations.existing(station)?.barred(evse, token),
  powerLost: (station) => stationReservations.existing(station)?.book.suspend(),
  powerRestored: (station) => stationReservations.existing(station)?.forgetDrivers(),
  stopped: (station) => stationReservations.existing(station)?.book.suspend(),
}

function happened(station: Station2x, evse: Evse, event: PhysicalEvent): void {
  if (event.kind === 'sampleDue') return
  const reservations = stationReservations.existing(station)
  if (!reservations) return
  if (event.kind === 'authorized') reservations.presented(evse)
  if (event.kind === 'authorizationEnded') reservations.withdrawn(evse)
  if (event.kind === 'faulted') reservations.book.review()
  // Which EVSEs are kept for whoever may take any depends on all of them.
  if (reservations.book.stationWide) reservations.changed()
}
