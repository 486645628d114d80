import { acknowledge } from '../acknowledge.ts'
import type { Block } from '../block.ts'

/** Who may come at what time [2.0.1 H]. */
export const reservation: Block = {
  letter: 'H',
  handlers: { ReservationStatusUpdate: acknowledge('ReservationStatusUpdate') },
}
