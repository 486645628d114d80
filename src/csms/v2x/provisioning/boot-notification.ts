import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { renewWhereDue } from '../../domain/certificate-renewal.ts'
import type { StationContext } from '../../domain/domain.ts'
import { register } from '../../domain/registration.ts'
import { objectionToSerialNumber } from '../../domain/security.ts'
import { variablesBooted } from '../../domain/variables.ts'
import { offerWebPayments } from '../../domain/web-payments.ts'

/** Policy violation [RFC 6455 7.4.1]. */
const contradictionCode = 1008

/**
 * [2.0.1 B01, B02, B03] Who says another serial number than his certificate does is not let in
 * [B01.FR.11, B01.FR.12].
 */
export const bootNotification: Handler<Actions201, 'BootNotification', StationContext> = (
  { chargingStation, reason },
  context,
) => {
  const { station, domain } = context
  const { record } = station
  const currentTime = isoTime(domain.clock.wallMs())
  const objection = objectionToSerialNumber(record, chargingStation.serialNumber)
  const policy = objection === undefined ? domain.boot : ({ status: 'Rejected' } as const)
  const { status, interval } = register(station, policy, domain.heartbeatIntervalSeconds)
  if (objection !== undefined) context.end(contradictionCode, objection)
  record.vendor = chargingStation.vendorName
  record.model = chargingStation.model
  record.serialNumber = chargingStation.serialNumber
  record.firmwareVersion = chargingStation.firmwareVersion
  const { modem } = chargingStation
  if (modem) record.modem = { iccid: modem.iccid, imsi: modem.imsi }
  record.bootReason = reason
  if (reason !== 'Triggered' && reason !== 'Unknown') variablesBooted(record)
  record.bootedAt = currentTime
  domain.stations.save(record)
  if (status === 'Accepted') {
    renewWhereDue(context)
    offerWebPayments(context)
  }
  domain.emit?.({
    type: 'booted',
    stationId: station.id,
    status,
    vendor: chargingStation.vendorName,
    model: chargingStation.model,
    reason,
  })
  return { currentTime, interval, status }
}
