import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import { ordered } from '../domain/availability.ts'
import { changedConfiguration, learnConfiguration } from '../domain/configuration.ts'
import { keepDataTransfer } from '../domain/data-transfers.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'
import { learnChange } from './security-settings.ts'

/** What the answers to CALLs of the core profile teach. */
export const coreEffects: CommandEffects<Actions16> = {
  /** The order as it stands, for whoever asks why a connector is out of service [1.6 5.2]. */
  ChangeAvailability({ connectorId, type }, { status }, { station, domain }) {
    if (status === 'Rejected') return
    const orderedAt = isoTime(domain.clock.wallMs())
    ordered(station.record, { evseId: undefined, connectorId, type, status, orderedAt })
    domain.stations.save(station.record)
  },
  /** Configuration as changed; secrets are write-only and never kept [1.6 5.3]. */
  ChangeConfiguration(request, { status }, context) {
    learnChange(request, status, context)
    const { key, value } = request
    const { station, domain } = context
    if (status !== 'Accepted' && status !== 'RebootRequired') return
    changedConfiguration(station.record, key, value, status === 'RebootRequired')
    domain.stations.save(station.record)
  },
  /** Configuration as reported [1.6 5.8]. */
  GetConfiguration(_request, response, { station, domain }) {
    const { configurationKey = [], unknownKey = [] } = response
    learnConfiguration(station.record, configurationKey, unknownKey)
    domain.stations.save(station.record)
  },
  DataTransfer({ vendorId, messageId }, { status, data }, { station, domain }) {
    const at = isoTime(domain.clock.wallMs())
    keepDataTransfer(station.record, { at, from: 'csms', vendorId, messageId, data, status })
    domain.stations.save(station.record)
  },
}
