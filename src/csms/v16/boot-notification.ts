import type { Handler, RequestOf } from '../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../ocpp/v16/actions.ts'
import { isoTime } from '../../shared/clock.ts'
import { renewWhereDue } from '../domain/certificate-renewal.ts'
import { configurationBooted } from '../domain/configuration.ts'
import type { StationContext } from '../domain/domain.ts'
import { register } from '../domain/registration.ts'
import type { StationRecord } from '../domain/station.ts'

/** [1.6 4.2] */
export const bootNotification: Handler<Actions16, 'BootNotification', StationContext> = (
  request,
  context,
) => {
  const { station, domain } = context
  const { record } = station
  const currentTime = isoTime(domain.clock.wallMs())
  const { status, interval } = register(station, domain.boot, domain.heartbeatIntervalSeconds)
  record.vendor = request.chargePointVendor
  record.model = request.chargePointModel
  record.serialNumber = request.chargePointSerialNumber ?? request.chargeBoxSerialNumber
  record.firmwareVersion = request.firmwareVersion
  record.bootReason = undefined
  learnHardware(record, request)
  configurationBooted(record)
  record.bootedAt = currentTime
  domain.stations.save(record)
  if (status === 'Accepted') renewWhereDue(context)
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

/** Modem and meter, where the station names them [1.6 6.3]. */
function learnHardware(
  record: StationRecord,
  { iccid, imsi, meterType, meterSerialNumber }: RequestOf<Actions16, 'BootNotification'>,
): void {
  if (iccid !== undefined || imsi !== undefined) record.modem = { iccid, imsi }
  if (meterType !== undefined || meterSerialNumber !== undefined) {
    record.meter = { type: meterType, serialNumber: meterSerialNumber }
  }
}
