import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { type LocalListUpdate, reportLocalList, updateLocalList } from '../../domain/local-list.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

type SendLocalList = RequestOf<Actions201, 'SendLocalList'>

/** What is on a station's local authorization list, and its version [2.0.1 D01, D02]. */
export const localListEffects: Pick<
  CommandEffects<Actions201>,
  'SendLocalList' | 'GetLocalListVersion'
> = {
  SendLocalList(request, { status }, { station, domain }) {
    if (status !== 'Accepted') return
    updateLocalList(station.record, updateOf(request), isoTime(domain.clock.wallMs()))
    domain.stations.save(station.record)
  },
  GetLocalListVersion(_request, { versionNumber }, { station, domain }) {
    reportLocalList(station.record, versionNumber, isoTime(domain.clock.wallMs()))
    domain.stations.save(station.record)
  },
}

function updateOf({
  versionNumber: version,
  updateType,
  localAuthorizationList = [],
}: SendLocalList): LocalListUpdate {
  const changes = localAuthorizationList.map(({ idToken: { idToken, type }, idTokenInfo }) => {
    if (!idTokenInfo) return { idToken, type }
    const { status, cacheExpiryDateTime: expiry, groupIdToken } = idTokenInfo
    return {
      idToken,
      type,
      entry: {
        idToken,
        type,
        status,
        ...(expiry !== undefined && { expiry }),
        ...(groupIdToken && { groupId: groupIdToken.idToken }),
      },
    }
  })
  return { version, full: updateType === 'Full', changes }
}
