import { fixed, seconds, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

/** [2.0.1 identifierString[36]] */
const longestToken = 36

/** Who may charge [2.1 Part 2 2.3 Authorization, 2.5 Authorization Cache]. */
export const authorizationVariables: readonly VariableSpec[] = [
  settable('AuthCtrlr.Enabled', 'boolean', 'true'),
  settable('AuthCtrlr.AuthorizeRemoteStart', 'boolean', 'false'),
  settable('AuthCtrlr.LocalAuthorizeOffline', 'boolean', 'true'),
  settable('AuthCtrlr.LocalPreAuthorize', 'boolean', 'false'),
  settable('AuthCtrlr.OfflineTxForUnknownIdEnabled', 'boolean', 'false'),
  settable('AuthCtrlr.DisableRemoteAuthorization', 'boolean', 'false'),
  settable('AuthCtrlr.MasterPassGroupId', 'string', '', { max: longestToken }),
  fixed('AuthCacheCtrlr.Available', 'boolean', 'true'),
  settable('AuthCacheCtrlr.Enabled', 'boolean', 'true'),
  settable('AuthCacheCtrlr.LifeTime', 'integer', '0', seconds),
  settable('AuthCacheCtrlr.Policy', 'OptionList', 'FIFO', { values: ['LRU', 'LFU', 'FIFO'] }),
  settable('AuthCacheCtrlr.DisablePostAuthorize', 'boolean', 'false'),
]
