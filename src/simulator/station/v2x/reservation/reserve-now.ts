import type { Handler, RequestOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { stationReservations } from './station-reservations.ts'

type ReserveNow = RequestOf<Actions201, 'ReserveNow'>

/**
 * Keeps an EVSE free: the one that is named, one with a connector of the type, or any; the status
 * Reserved follows the answer [2.0.1 H01].
 */
export const reserveNow: Handler<Actions201, 'ReserveNow', Station2x> = (request, station) => {
  const reasonCode = refusalOf(request, station)
  if (reasonCode !== undefined) return { status: 'Rejected', statusInfo: { reasonCode } }
  const { id, evseId: evse, connectorType, idToken, groupIdToken, expiryDateTime } = request
  const { services, connectors } = station
  const status = stationReservations.of(station).reserve({
    id,
    evse,
    connector: undefined,
    connectorType,
    idToken: idToken.idToken,
    groupId: groupIdToken?.idToken,
    madeMs: services.wireMs(),
    expiresMs: Date.parse(expiryDateTime),
  })
  if (status === 'Accepted') {
    services.afterwards(() => services.unattended(connectors.reportChanged()))
  }
  return { status }
}

/** A reason code where this station takes no such reservation at all [2.0.1 H01.FR.01, FR.19]. */
function refusalOf(
  { evseId, connectorType, expiryDateTime }: ReserveNow,
  { model, services }: Station2x,
): string | undefined {
  const available = model.flag('ReservationCtrlr.Available')
  if (!available || !model.flag('ReservationCtrlr.Enabled')) return 'NotEnabled'
  if (evseId === undefined && !model.flag('ReservationCtrlr.NonEvseSpecific')) return 'MissingParam'
  const targeted = services.evses.filter(({ id }) => evseId === undefined || id === evseId)
  if (targeted.length === 0) return 'UnknownEvse'
  if (Date.parse(expiryDateTime) <= services.wireMs()) return 'InvalidValue'
  if (connectorType === undefined) return undefined
  const known = targeted.some(({ plan }) => plan.connectors.includes(connectorType))
  return known ? undefined : 'UnknownConnectorType'
}
