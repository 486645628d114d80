import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { keepDataTransfer, shownData } from '../../domain/data-transfers.ts'
import type { StationContext } from '../../domain/domain.ts'
import { notified } from '../../domain/notified.ts'

/** Accepted from vendors that were named, otherwise UnknownVendorId [2.0.1 P02]. */
export const dataTransfer: Handler<Actions201, 'DataTransfer', StationContext> = (
  request,
  context,
) => {
  const { station, domain } = context
  const { vendorId, messageId } = request
  if (!domain.vendors.has(vendorId)) return { status: 'UnknownVendorId' }
  const status = 'Accepted'
  const at = isoTime(domain.clock.wallMs())
  const data = shownData(request.data)
  keepDataTransfer(station.record, { at, from: 'station', vendorId, messageId, data, status })
  domain.stations.save(station.record)
  notified('DataTransfer', request, context)
  return { status }
}
