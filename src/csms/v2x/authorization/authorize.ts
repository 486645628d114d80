import type { Handler, RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Tariff } from '../../../ocpp/tariff/tariff.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { authorize as judge } from '../../domain/authorization.ts'
import type { StationContext } from '../../domain/domain.ts'
import { hasContract, withContract } from '../certificates/contract-status.ts'
import { pricesFor } from '../tariff-and-cost/prices.ts'
import { idTokenInfo } from './id-token-info.ts'

type Answer = ResponseOf<Actions201, 'Authorize'> & { readonly tariff?: Tariff }

function handle(
  { idToken: { idToken, type } }: RequestOf<Actions21, 'Authorize'>,
  context: StationContext,
): Answer {
  const { station, domain } = context
  const info = idTokenInfo(judge(domain.tokens, idToken, type, domain.clock.wallMs()))
  const { status } = info
  domain.emit?.({ type: 'authorized', stationId: station.id, idToken, status })
  if (!domain.tariffs || status !== 'Accepted') return { idTokenInfo: info }
  const { personalMessage, tariff } = pricesFor(context, idToken)
  return {
    idTokenInfo: personalMessage ? { ...info, personalMessage } : info,
    ...(tariff && { tariff }),
  }
}

/** [2.0.1 C01, C07, I01] */
export const authorize: Handler<Actions201, 'Authorize', StationContext> = (request, context) => {
  const answer = handle(request, context)
  return hasContract(request) ? withContract(request, answer, context.domain) : answer
}

/** Besides, 2.1 tells the driver's own tariff [2.1 I08]. */
export const authorize21: Handler<Actions21, 'Authorize', StationContext> = (request, context) => {
  const answer = handle(request, context)
  return hasContract(request) ? withContract(request, answer, context.domain) : answer
}
