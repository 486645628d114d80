import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { ordered } from '../../domain/availability.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** The order as it stands, for whoever asks why something is out of service [2.0.1 G03, G04]. */
export const availabilityEffects: Pick<CommandEffects<Actions201>, 'ChangeAvailability'> = {
  ChangeAvailability({ evse, operationalStatus: type }, { status }, { station, domain }) {
    if (status === 'Rejected') return
    const orderedAt = isoTime(domain.clock.wallMs())
    const { id: evseId = 0, connectorId = 0 } = evse ?? {}
    ordered(station.record, { evseId, connectorId, type, status, orderedAt })
    domain.stations.save(station.record)
  },
}
