import type { TransactionType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Block } from '../block.ts'
import type { Station2x } from '../station-2x.ts'
import { afrrSignal } from './afrr-signal.ts'
import { energyTransfers } from './energy-transfers.ts'
import { gridServices } from './grid-services.ts'
import { notifyAllowedEnergyTransfer } from './notify-allowed-energy-transfer.ts'

/** EVs that give energy back, and what for [2.1 Q]. */
export const bidirectional: Block = {
  letter: 'Q',
  handlers21: {
    AFRRSignal: afrrSignal,
    NotifyAllowedEnergyTransfer: notifyAllowedEnergyTransfer,
  },
  registered: begin,
  happened(station, evse, event) {
    if (event.kind === 'energyStarted') energyTransfers.existing(station)?.begin(evse)
  },
  transactionEvent(station, evse, event) {
    const services = gridServices.existing(station)
    if (!services || evse.plan.dischargeW === undefined) return
    services.told(evse)
    const info: TransactionType = event.transactionInfo
    info.operationMode = services.modeAt(evse)
  },
  powerLost: (station) => gridServices.existing(station)?.suspend(),
  stopped: (station) => gridServices.existing(station)?.suspend(),
}

/** Stations of 2.1 with an EVSE that takes energy back, and no others. */
function begin(station: Station2x): void {
  if (station.version !== 'ocpp2.1') return
  if (station.services.evses.every(({ plan }) => plan.dischargeW === undefined)) return
  energyTransfers.of(station)
  gridServices.of(station)
}
