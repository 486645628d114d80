import type { StatusInfoType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { Handler, RequestOf, ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Evse } from '../../evse.ts'
import { stationReservations } from '../reservation/station-reservations.ts'
import { chargingProfiles } from '../smart-charging/charging-profiles.ts'
import { isEnabled } from '../smart-charging/smart-charging-gate.ts'
import type { Station2x } from '../station-2x.ts'

type Request = RequestOf<Actions201, 'RequestStartTransaction'>

/**
 * Charges for the CSMS: on the EVSE it names, else on one of the station's choice, preferably the one
 * that is reserved for this driver, or one with an EV on its cable [2.0.1 F01, F02]. Rejected while
 * Pending [2.0.1 B02.FR.05].
 */
export const requestStartTransaction: Handler<Actions201, 'RequestStartTransaction', Station2x> = (
  request,
  station,
) => {
  const { services } = station
  if (services.registration !== 'accepted') return rejected({ reasonCode: 'CSNotAccepted' })
  let refusal: StatusInfoType = { reasonCode: 'UnknownEvse' }
  for (const evse of candidates(request, station)) {
    const objection = objectionTo(evse, request, station)
    if (!objection) return start(evse, request, station)
    refusal = objection
  }
  return rejected(refusal)
}

function start(
  evse: Evse,
  request: Request,
  station: Station2x,
): ResponseOf<Actions201, 'RequestStartTransaction'> {
  const { services, sessions } = station
  const { idToken, groupIdToken, remoteStartId } = request
  const profile = profileOf(request, station)
  if (profile || chargingProfiles.existing(station)) {
    chargingProfiles.of(station).expect(evse, remoteStartId, profile)
  }
  stationReservations.existing(station)?.remoteStarted(evse, idToken, groupIdToken?.idToken)
  services.afterwards(() => services.remoteStart(evse, idToken, { remoteStartId }))
  const session = sessions.of(evse)
  const transactionId = session.open ? session.transactionId : undefined
  return { status: 'Accepted', ...(transactionId !== undefined && { transactionId }) }
}

function rejected(statusInfo: StatusInfoType) {
  return { status: 'Rejected', statusInfo } as const
}

/** In the order in which they are tried [2.0.1 F01.FR.20]. */
function candidates(request: Request, station: Station2x): readonly Evse[] {
  const { evses } = station.services
  if (request.evseId !== undefined) return evses.filter(({ id }) => id === request.evseId)
  const preference = (evse: Evse) =>
    (accessTo(evse, request, station) === 'holder' ? 2 : 0) + (evse.cable === undefined ? 0 : 1)
  return [...evses].sort((one, other) => preference(other) - preference(one))
}

/** A transaction that the cable alone began waits for just this [2.0.1 F01.FR.13, FR.21-FR.24]. */
function objectionTo(evse: Evse, request: Request, station: Station2x): StatusInfoType | undefined {
  const { services, sessions } = station
  const connectors = evse.plan.connectors.map((_type, at) => at + 1)
  const wanted = evse.cable === undefined ? connectors : [evse.cable]
  const where = `EVSE ${evse.id}`
  if (evse.fault) return { reasonCode: 'Unspecified', additionalInfo: `${where} is faulted` }
  if (!wanted.some((connector) => services.memory.usable(evse.id, connector))) {
    return { reasonCode: 'Unspecified', additionalInfo: `${where} is unavailable` }
  }
  if (!evse.free || (sessions.isOpen(evse) && sessions.of(evse).authorized)) {
    return { reasonCode: 'TxInProgress', additionalInfo: where }
  }
  const access = accessTo(evse, request, station)
  if (access === 'reserved' || access === 'askGroup') {
    return { reasonCode: 'Unspecified', additionalInfo: `${where} is reserved` }
  }
  const profile = profileOf(request, station)
  return profile && chargingProfiles.of(station).objectionToStart(evse, profile)
}

/** A station without smart charging ignores what comes along [2.0.1 F01.FR.12]. */
function profileOf({ chargingProfile }: Request, station: Station2x) {
  const { model } = station
  return model.flag('SmartChargingCtrlr.Available') && isEnabled(station)
    ? chargingProfile
    : undefined
}

function accessTo(evse: Evse, { idToken, groupIdToken }: Request, station: Station2x) {
  const reservations = stationReservations.existing(station)
  return reservations?.remoteAccess(evse, idToken, groupIdToken?.idToken)
}
