import type { EVSEType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Evse } from '../../evse.ts'
import { stationReservations } from '../reservation/station-reservations.ts'
import { evsesAt, type Station2x } from '../station-2x.ts'
import { connectorsInUse } from './connectors.ts'

/**
 * Takes the station, an EVSE or a connector out of use, or back: each has a state of its own, kept
 * over reboots [2.0.1 G03, G04]. Where a transaction is open it shows only after its end (Scheduled).
 */
export const changeAvailability: Handler<Actions201, 'ChangeAvailability', Station2x> = (
  { evse: at, operationalStatus },
  station,
) => {
  const reasonCode = unknown(at, station)
  if (reasonCode !== undefined) return { status: 'Rejected', statusInfo: { reasonCode } }
  const { services } = station
  const operative = operationalStatus === 'Operative'
  services.memory.setOperative(at?.id ?? 0, at?.connectorId ?? 0, operative)
  const affected = evsesAt(station, at)
  services.afterwards(() => {
    services.unattended(station.connectors.reportChanged(affected))
    stationReservations.existing(station)?.book.review()
  })
  const busy = affected.some((each) => isBusy(station, each, at?.connectorId))
  return { status: busy && !operative ? 'Scheduled' : 'Accepted' }
}

function unknown(at: EVSEType | undefined, { services }: Station2x): string | undefined {
  if (!at) return undefined
  const evse = services.evse(at.id)
  if (!evse) return 'UnknownEvse'
  const known = at.connectorId === undefined || evse.plan.connectors[at.connectorId - 1]
  return known ? undefined : 'UnknownConnectorId'
}

function isBusy(station: Station2x, evse: Evse, connector: number | undefined): boolean {
  if (!station.sessions.isOpen(evse)) return false
  return connector === undefined || connectorsInUse(evse).includes(connector)
}
