import { isSecret } from '../../ocpp/redact.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'

/** Configuration as reported and as changed; secrets are write-only and never kept. */
export const commandEffects16: CommandEffects<Actions16> = {
  GetConfiguration(_request, { configurationKey = [] }, { station, domain }) {
    for (const { key, value, readonly } of configurationKey) {
      station.record.configuration[key] = { value: isSecret(key) ? undefined : value, readonly }
    }
    domain.stations.save(station.record)
  },
  ChangeConfiguration({ key, value }, { status }, { station, domain }) {
    if (status !== 'Accepted' || isSecret(key)) return
    station.record.configuration[key] = { value, readonly: false }
    domain.stations.save(station.record)
  },
}
