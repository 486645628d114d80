import { isoTime } from '../../../shared/clock.ts'
import { noteEnergyTransfer } from '../../domain/energy-transfers.ts'
import type { Block } from '../block.ts'

/** EVs that give energy back [2.1 Q]. */
export const bidirectional: Block = {
  letter: 'Q',
  effects21: {
    AFRRSignal({ signal, timestamp }, { status }, { station, domain }) {
      if (status !== 'Accepted') return
      station.record.afrrSignal = { signal, timestamp }
      domain.stations.save(station.record)
    },
    NotifyAllowedEnergyTransfer(request, { status }, { station, domain }) {
      if (status !== 'Accepted') return
      noteEnergyTransfer(station.record, {
        transactionId: request.transactionId,
        allowed: request.allowedEnergyTransfer,
        since: isoTime(domain.clock.wallMs()),
      })
      domain.stations.save(station.record)
    },
  },
}
