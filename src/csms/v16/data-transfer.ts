import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import { keepDataTransfer } from '../domain/data-transfers.ts'
import type { StationContext } from '../domain/domain.ts'
import { notified } from '../domain/notified.ts'

/** Accepted from vendors that were named, otherwise UnknownVendorId [1.6 4.3]. */
export const dataTransfer: Handler<Actions16, 'DataTransfer', StationContext> = (
  request,
  context,
) => {
  const { station, domain } = context
  const { vendorId, messageId, data } = request
  if (!domain.vendors.has(vendorId)) return { status: 'UnknownVendorId' }
  const status = 'Accepted'
  const at = isoTime(domain.clock.wallMs())
  keepDataTransfer(station.record, { at, from: 'station', vendorId, messageId, data, status })
  domain.stations.save(station.record)
  notified('DataTransfer', request, context)
  return { status }
}
