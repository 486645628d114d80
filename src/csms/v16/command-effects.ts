import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'
import { certificateEffects } from './certificate-effects.ts'
import { chargingProfileEffects } from './charging-profile-effects.ts'
import { coreEffects } from './core-effects.ts'
import { fileEffects16 } from './file-effects.ts'
import { localListEffects } from './local-list-effects.ts'
import { reservationEffects } from './reservation-effects.ts'

/** What a 1.6 station's answers to the CALLs of the CSMS teach, by feature profile. */
export const commandEffects16: CommandEffects<Actions16> = {
  ...fileEffects16,
  ...chargingProfileEffects,
  ...certificateEffects,
  ...coreEffects,
  ...localListEffects,
  ...reservationEffects,
}
