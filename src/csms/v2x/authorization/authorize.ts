import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { authorize as judge } from '../../domain/authorization.ts'
import type { StationContext } from '../../domain/domain.ts'
import { idTokenInfo } from './id-token-info.ts'

/** [2.0.1 C01] */
export const authorize: Handler<Actions201, 'Authorize', StationContext> = (
  { idToken: { idToken, type } },
  { station, domain },
) => {
  const info = idTokenInfo(judge(domain.tokens, idToken, type, domain.clock.wallMs()))
  const { status } = info
  domain.emit?.({ type: 'authorized', stationId: station.id, idToken, status })
  return { idTokenInfo: info }
}
