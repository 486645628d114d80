import type { RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import { type LocalListUpdate, reportLocalList, updateLocalList } from '../domain/local-list.ts'
import type { CommandEffects } from '../gateway/command-effects.ts'

type SendLocalList = RequestOf<Actions16, 'SendLocalList'>

/** What is on a station's local authorization list, and its version [1.6 5.10, 5.15]. */
export const localListEffects: Pick<
  CommandEffects<Actions16>,
  'SendLocalList' | 'GetLocalListVersion'
> = {
  SendLocalList(request, { status }, { station, domain }) {
    if (status !== 'Accepted') return
    updateLocalList(station.record, updateOf(request), isoTime(domain.clock.wallMs()))
    domain.stations.save(station.record)
  },
  GetLocalListVersion(_request, { listVersion }, { station, domain }) {
    reportLocalList(station.record, listVersion, isoTime(domain.clock.wallMs()))
    domain.stations.save(station.record)
  },
}

function updateOf({
  listVersion: version,
  updateType,
  localAuthorizationList = [],
}: SendLocalList): LocalListUpdate {
  const changes = localAuthorizationList.map(({ idTag: idToken, idTagInfo }) => {
    if (!idTagInfo) return { idToken }
    const { status, expiryDate: expiry, parentIdTag: groupId } = idTagInfo
    return {
      idToken,
      entry: {
        idToken,
        status,
        ...(expiry !== undefined && { expiry }),
        ...(groupId !== undefined && { groupId }),
      },
    }
  })
  return { version, full: updateType === 'Full', changes }
}
