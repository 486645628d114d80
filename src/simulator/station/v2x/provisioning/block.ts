import type { Block } from '../block.ts'
import { getBaseReport } from './get-base-report.ts'
import { getVariables } from './get-variables.ts'
import { reset } from './reset.ts'
import { setVariables } from './set-variables.ts'

/** Booting, the device model and resets [2.0.1 B]. */
export const provisioning: Block = {
  letter: 'B',
  handlers: {
    GetBaseReport: getBaseReport,
    GetVariables: getVariables,
    Reset: reset,
    SetVariables: setVariables,
  },
  triggers: {
    /** Only while it is not accepted [2.0.1 F06]. */
    BootNotification: ({ services }) =>
      services.registration === 'accepted' ? undefined : () => services.bootAgain(),
  },
}
