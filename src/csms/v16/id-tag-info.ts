import type { AuthorizationStatus } from '../../ocpp/authorization-status.ts'
import type { ResponseOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { Authorization } from '../domain/authorization.ts'

export type IdTagInfo = ResponseOf<Actions16, 'Authorize'>['idTagInfo']

/**
 * The five statuses of 1.6 for the ten of the domain [1.6 7.2]. ConcurrentTx is meant for
 * StartTransaction.conf alone, and only a start is ever judged so.
 */
const statuses: Readonly<Record<AuthorizationStatus, IdTagInfo['status']>> = {
  Accepted: 'Accepted',
  Blocked: 'Blocked',
  ConcurrentTx: 'ConcurrentTx',
  Expired: 'Expired',
  Invalid: 'Invalid',
  NoCredit: 'Blocked',
  NotAllowedTypeEVSE: 'Invalid',
  NotAtThisLocation: 'Invalid',
  NotAtThisTime: 'Invalid',
  Unknown: 'Invalid',
}

const accepted: IdTagInfo = Object.freeze({ status: 'Accepted' })

/** [1.6 7.27] @param status instead of the authorization's: that of an earlier, repeated answer */
export function idTagInfo(
  authorization: Authorization,
  status: AuthorizationStatus = authorization.status,
): IdTagInfo {
  const { expiry, groupId } = authorization
  if (status === 'Accepted' && expiry === undefined && groupId === undefined) return accepted
  return {
    status: statuses[status],
    ...(expiry !== undefined && { expiryDate: expiry }),
    ...(groupId !== undefined && { parentIdTag: groupId }),
  }
}
