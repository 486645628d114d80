import type { Block } from '../block.ts'
import { reservationEffects } from './effects.ts'
import { reservationStatusUpdate } from './reservation-status-update.ts'

/** Who may come at what time [2.0.1 H]. */
export const reservation: Block = {
  letter: 'H',
  handlers: { ReservationStatusUpdate: reservationStatusUpdate },
  effects: reservationEffects,
}
