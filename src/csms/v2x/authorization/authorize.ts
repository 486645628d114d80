import type { Handler, RequestOf, ResponseOf } from '../../../ocpp/rpc/service.ts'
import type { Tariff } from '../../../ocpp/tariff/tariff.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { type Authorization, authorize as judge } from '../../domain/authorization.ts'
import type { StationContext } from '../../domain/domain.ts'
import { isComplete } from '../../domain/token.ts'
import { hasContract, withContract } from '../certificates/contract-status.ts'
import { pricesFor } from '../tariff-and-cost/prices.ts'
import { idTokenInfo } from './id-token-info.ts'

type Answer = ResponseOf<Actions201, 'Authorize'> & { readonly tariff?: Tariff }

/** The card is known, and what belongs to it was not presented [2.0.1 AdditionalInfoType]. */
const incomplete: Authorization = { status: 'Invalid' }

function handle(
  { idToken: { idToken, type, additionalInfo } }: RequestOf<Actions21, 'Authorize'>,
  context: StationContext,
): Answer {
  const { station, domain } = context
  const token = domain.tokens.get(idToken)
  const complete = !token || isComplete(token, additionalInfo)
  const judged = judge(domain.tokens, idToken, type, domain.clock.wallMs())
  const info = idTokenInfo(complete || judged.status !== 'Accepted' ? judged : incomplete)
  const { status } = info
  domain.emit?.({ type: 'authorized', stationId: station.id, idToken, status })
  if (!domain.tariffs || status !== 'Accepted') return { idTokenInfo: info }
  const { personalMessage, tariff } = pricesFor(context, idToken)
  return {
    // A message of his own comes first.
    idTokenInfo: personalMessage ? { personalMessage, ...info } : info,
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
