import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'
import { notified } from '../../domain/notified.ts'
import { keepSettlement } from './keep-settlement.ts'

/** What became of a payment; the receipt is ours where the terminal made none [2.1 C21, C22]. */
export const notifySettlement: Handler<Actions21, 'NotifySettlement', StationContext> = (
  request,
  context,
) => {
  const { domain } = context
  const { customData: _, ...settlement } = request
  keepSettlement(context, { ...settlement, at: isoTime(domain.clock.wallMs()) })
  notified('NotifySettlement', request, context)
  if (request.status !== 'Settled' || request.receiptUrl !== undefined) return nothing
  const receiptId = request.pspRef.slice(0, 50)
  const receiptUrl = domain.tariffs?.receiptUrl(receiptId)
  return receiptUrl === undefined ? nothing : { receiptUrl, receiptId }
}
