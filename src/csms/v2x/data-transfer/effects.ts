import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { keepDataTransfer, shownData } from '../../domain/data-transfers.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** What the station said to a DataTransfer of ours [2.0.1 P01]. */
export const dataTransferEffects: Pick<CommandEffects<Actions201>, 'DataTransfer'> = {
  DataTransfer({ vendorId, messageId }, { status, data }, { station, domain }) {
    keepDataTransfer(station.record, {
      at: isoTime(domain.clock.wallMs()),
      from: 'csms',
      vendorId,
      messageId,
      data: shownData(data),
      status,
    })
    domain.stations.save(station.record)
  },
}
