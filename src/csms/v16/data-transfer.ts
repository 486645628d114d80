import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import type { StationContext } from '../domain/domain.ts'

/** Accepted from vendors that were named, otherwise UnknownVendorId [1.6 4.3]. */
export const dataTransfer: Handler<Actions16, 'DataTransfer', StationContext> = (
  request,
  { station, domain },
) => {
  if (!domain.vendors.has(request.vendorId)) return { status: 'UnknownVendorId' }
  domain.emit?.({
    type: 'notified',
    stationId: station.id,
    action: 'DataTransfer',
    payload: request,
  })
  return { status: 'Accepted' }
}
