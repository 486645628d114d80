import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { authorize as judge } from '../domain/authorization.ts'
import type { StationContext } from '../domain/domain.ts'
import { idTagInfo } from './id-tag-info.ts'

/** [1.6 4.1] */
export const authorize: Handler<Actions16, 'Authorize', StationContext> = (
  { idTag },
  { station, domain },
) => {
  const info = idTagInfo(judge(domain.tokens, idTag, undefined, domain.clock.wallMs()))
  const { status } = info
  domain.emit?.({ type: 'authorized', stationId: station.id, idToken: idTag, status })
  return { idTagInfo: info }
}
