import { noteStart2x } from '../../domain/charging-profiles.ts'
import type { Block } from '../block.ts'

/** What an operator does from afar [2.0.1 F]. */
export const remoteControl: Block = {
  letter: 'F',
  effects: {
    /** The profile that comes along waits for its transaction [2.0.1 F01.FR.08, K05]. */
    RequestStartTransaction(request, { status, transactionId }, { station, domain }) {
      if (status !== 'Accepted') return
      const { evseId, remoteStartId, chargingProfile } = request
      noteStart2x(domain, station, { evseId, remoteStartId, chargingProfile, transactionId })
    },
  },
}
