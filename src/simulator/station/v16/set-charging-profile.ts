import { CallError } from '../../../ocpp/rpc/error-codes.ts'
import type { Handler16 } from './handler16.ts'

/** [1.6 5.16] A connector that is not there is a CALLERROR [errata 3.39]. */
export const setChargingProfile: Handler16<'SetChargingProfile'> = (request, behaviour) => {
  const { connectorId } = request
  const evse = behaviour.statuses.evseOf(connectorId)
  if (connectorId !== 0 && !evse) {
    throw new CallError('PropertyConstraintViolation', `There is no connector ${connectorId}`)
  }
  return { status: behaviour.chargingProfiles.set(request, evse) }
}
