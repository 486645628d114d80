import type { PayloadValidators } from '../../../ocpp/schemas.ts'
import type { StationProtocol } from '../behaviour.ts'
import { stationService } from '../served-actions.ts'
import { Behaviour16 } from './behaviour16.ts'

/** OCPP 1.6 for all 1.6 stations of a process. */
export function protocol16(validators: PayloadValidators): StationProtocol {
  return {
    version: 'ocpp1.6',
    service: stationService('ocpp1.6', validators),
    behaviour: (station) => new Behaviour16(station),
  }
}
