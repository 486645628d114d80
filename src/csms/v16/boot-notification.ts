import type { Handler } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from '../domain/domain.ts'
import { register } from '../domain/registration.ts'

/** [1.6 4.2] */
export const bootNotification: Handler<Actions16, 'BootNotification', StationContext> = (
  request,
  { station, domain },
) => {
  const { record } = station
  const currentTime = isoTime(domain.clock.wallMs())
  const { status, interval } = register(station, domain.boot, domain.heartbeatIntervalSeconds)
  record.vendor = request.chargePointVendor
  record.model = request.chargePointModel
  record.serialNumber = request.chargePointSerialNumber ?? request.chargeBoxSerialNumber
  record.firmwareVersion = request.firmwareVersion
  record.bootReason = undefined
  record.bootedAt = currentTime
  domain.stations.save(record)
  domain.emit?.({
    type: 'booted',
    stationId: station.id,
    status,
    vendor: request.chargePointVendor,
    model: request.chargePointModel,
    reason: undefined,
  })
  return { currentTime, interval, status }
}
