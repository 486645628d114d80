import type {
  TransactionEventRequest,
  TransactionEventResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'
import { authorizers } from '../authorization/authorizer.ts'
import type { Station2x } from '../station-2x.ts'
import type { Session } from './session.ts'
import { withholdings } from './withholding.ts'

/** The CSMS judged the token of an event; one that it does not accept charges no more [2.0.1 E05]. */
export function judge(
  station: Station2x,
  evse: Evse,
  { idToken, eventType, transactionInfo }: TransactionEventRequest,
  { idTokenInfo }: TransactionEventResponse,
): void {
  if (!idTokenInfo) return
  if (idToken && eventType !== 'Ended') authorizers.of(station).learn(idToken, idTokenInfo)
  const session = station.sessions.of(evse)
  const current = transactionInfo.transactionId === session.transactionId
  if (!current || !session.open || !session.authorized) return
  const { status, evseId } = idTokenInfo
  const elsewhere = evseId?.includes(evse.id) === false
  if (status === 'Accepted' && !elsewhere) withholdings.existing(station)?.end(evse, 'token')
  else station.services.unattended(refuse(station, session))
}

/**
 * Ends the transaction or, without StopTxOnInvalidId, holds energy back; after MaxEnergyOnInvalidId,
 * so that the driver gets away [2.0.1 E05.FR.02, FR.03, FR.09, FR.10, C15].
 */
async function refuse(station: Station2x, session: Session): Promise<void> {
  const { services, model } = station
  const { evse, transactionId } = session
  evse.advance()
  const left = model.integer('TxCtrlr.MaxEnergyOnInvalidId') - session.energyWh
  if (left > 0) {
    const goal = { untilEnergyWh: evse.outlet.sessionWh + left }
    const charged = await services.charged(evse, goal)
    const same = session.open && session.transactionId === transactionId && session.authorized
    // A battery that is full before, or the end of the run: there is nothing to cut short.
    if (!charged.ok || !same) return
  }
  if (model.flag('TxCtrlr.StopTxOnInvalidId')) {
    await services.stopEnergy(evse, { cause: 'deauthorized' })
  } else {
    const told = { trigger: 'Deauthorized', reason: 'DeAuthorized' } as const
    withholdings.of(station).begin(evse, 'token', told)
  }
}
