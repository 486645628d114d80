import { fixed, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

/** Who may charge [2.1 Part 2 2.3 Authorization, 2.4 Authorization Cache]. */
export const authorizationVariables: readonly VariableSpec[] = [
  settable('AuthCtrlr.Enabled', 'boolean', 'true'),
  settable('AuthCtrlr.AuthorizeRemoteStart', 'boolean', 'false'),
  settable('AuthCtrlr.LocalAuthorizeOffline', 'boolean', 'true'),
  settable('AuthCtrlr.LocalPreAuthorize', 'boolean', 'false'),
  settable('AuthCtrlr.OfflineTxForUnknownIdEnabled', 'boolean', 'false'),
  fixed('AuthCacheCtrlr.Available', 'boolean', 'true'),
  settable('AuthCacheCtrlr.Enabled', 'boolean', 'true'),
]
