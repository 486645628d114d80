import type { Block } from '../block.ts'
import type { Station2x } from '../station-2x.ts'
import { getBaseReport } from './get-base-report.ts'
import { getReport } from './get-report.ts'
import { getVariables } from './get-variables.ts'
import { networkProfiles } from './network-profiles.ts'
import { pendingResets } from './pending-resets.ts'
import { reset, reset21 } from './reset.ts'
import { resetAttempts } from './reset-attempts.ts'
import { setNetworkProfile, setNetworkProfile21 } from './set-network-profile.ts'
import { setVariables } from './set-variables.ts'

/** Booting, the device model and resets [2.0.1 B]. */
export const provisioning: Block = {
  letter: 'B',
  handlers: {
    GetBaseReport: getBaseReport,
    GetReport: getReport,
    GetVariables: getVariables,
    Reset: reset,
    SetNetworkProfile: setNetworkProfile,
    SetVariables: setVariables,
  },
  handlers21: { Reset: reset21, SetNetworkProfile: setNetworkProfile21 },
  triggers: {
    /** Only while it is not accepted [2.0.1 F06]. */
    BootNotification: ({ services }) =>
      services.registration === 'accepted' ? undefined : () => services.bootAgain(),
  },
  powerLost: forgetResets,
  powerRestored: (station) => networkProfiles.existing(station)?.booted(),
  stopped: forgetResets,
}

function forgetResets(station: Station2x): void {
  resetAttempts.existing(station)?.forget()
  pendingResets.existing(station)?.forget()
}
