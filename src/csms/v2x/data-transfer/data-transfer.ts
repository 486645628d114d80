import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import type { StationContext } from '../../domain/domain.ts'

/** Accepted from vendors that were named, otherwise UnknownVendorId [2.0.1 P02]. */
export const dataTransfer: Handler<Actions201, 'DataTransfer', StationContext> = (
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
