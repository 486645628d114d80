import type { Block } from '../block.ts'
import { authorize, authorize21 } from './authorize.ts'
import { notifySettlement } from './notify-settlement.ts'
import { paymentEffects } from './payment-effects.ts'
import { vatNumberValidation } from './vat-number-validation.ts'

/** Who may charge [2.0.1 C], and who pays at the station [2.1 C18 to C25]. */
export const authorization: Block = {
  letter: 'C',
  handlers: { Authorize: authorize },
  handlers21: {
    Authorize: authorize21,
    NotifySettlement: notifySettlement,
    VatNumberValidation: vatNumberValidation,
  },
  effects21: paymentEffects,
}
