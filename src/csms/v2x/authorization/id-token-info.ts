import type { AuthorizationStatus } from '../../../ocpp/authorization-status.ts'
import type { ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { Authorization } from '../../domain/authorization.ts'

export type IdTokenInfo = ResponseOf<Actions201, 'Authorize'>['idTokenInfo']

const accepted: IdTokenInfo = Object.freeze({ status: 'Accepted' })

/**
 * [2.0.1 IdTokenInfoType]
 * @param status instead of the authorization's: that of an earlier, repeated answer
 */
export function idTokenInfo(
  authorization: Authorization,
  status: AuthorizationStatus = authorization.status,
): IdTokenInfo {
  const { expiry, groupId } = authorization
  if (status === 'Accepted' && expiry === undefined && groupId === undefined) return accepted
  return {
    status,
    ...(expiry !== undefined && { cacheExpiryDateTime: expiry }),
    ...(groupId !== undefined && { groupIdToken: { idToken: groupId, type: 'Central' } }),
  }
}
