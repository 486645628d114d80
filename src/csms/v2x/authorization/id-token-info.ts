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
  const details = detailsOf(authorization)
  const plain = expiry === undefined && groupId === undefined && !details
  if (status === 'Accepted' && plain) return accepted
  return {
    status,
    ...(expiry !== undefined && { cacheExpiryDateTime: expiry }),
    ...(groupId !== undefined && { groupIdToken: { idToken: groupId, type: 'Central' } }),
    ...details,
  }
}

/** Most tokens have none. */
function detailsOf({
  language1,
  language2,
  personalMessage: content,
  evseId,
}: Authorization): Partial<IdTokenInfo> | undefined {
  if ((language1 ?? language2 ?? content ?? evseId) === undefined) return undefined
  return {
    ...(language1 !== undefined && { language1 }),
    ...(language2 !== undefined && { language2 }),
    ...(content !== undefined && {
      personalMessage: {
        format: 'UTF8',
        content,
        ...(language1 !== undefined && { language: language1 }),
      },
    }),
    ...(evseId && { evseId: [...evseId] }),
  }
}

const elsewhere: Authorization = { status: 'NotAtThisLocation' }

/** The same at this EVSE: a token may be for others only. */
export function at(evse: number | undefined, authorization: Authorization): Authorization {
  const { status, evseId } = authorization
  const forOthers = evse !== undefined && evseId !== undefined && !evseId.includes(evse)
  return forOthers && status === 'Accepted' ? elsewhere : authorization
}
