import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'

/**
 * Takes the station, an EVSE or a connector out of use, or back [2.0.1 G03, G04]. Kept over a reboot
 * at once; where a transaction is open it shows only after its end (Scheduled).
 */
export const changeAvailability: Handler<Actions201, 'ChangeAvailability', Station2x> = (
  { evse: at, operationalStatus },
  station,
) => {
  const { services } = station
  const evse = at && services.evse(at.id)
  const unknown = at && (!evse || (at.connectorId ?? 1) > evse.connectors)
  if (unknown) return { status: 'Rejected', statusInfo: { reasonCode: 'UnknownEvse' } }
  const operative = operationalStatus === 'Operative'
  services.memory.setOperative(at?.id ?? 0, at?.connectorId ?? 0, operative)
  const affected: readonly Evse[] = evse ? [evse] : services.evses
  services.afterwards(() => services.unattended(station.connectors.reportChanged(affected)))
  const busy = affected.some((each) => isBusy(station, each, at?.connectorId))
  return { status: busy && !operative ? 'Scheduled' : 'Accepted' }
}

function isBusy(station: Station2x, evse: Evse, connector: number | undefined): boolean {
  if (!station.sessions.isOpen(evse)) return false
  return connector === undefined || evse.cable === undefined || evse.cable === connector
}
