import type { Behaviour16 } from './behaviour16.ts'
import type { Transaction } from './transaction.ts'

/**
 * The CSMS refused the idTag in its answer to StartTransaction: the transaction ends if
 * StopTransactionOnInvalidId, otherwise it stays open without energy [1.6 3.5.4, 4.8]. Before that
 * the EV gets what MaxEnergyOnInvalidId grants, so that it can drive away.
 */
export async function refuseIdTag(
  { station, settings, transactions }: Behaviour16,
  transaction: Transaction,
): Promise<void> {
  const { evse, ledger } = transaction
  const isOpen = () => transactions.open(evse) === transaction
  if (!isOpen()) return
  evse.advance()
  const granted = settings.number('MaxEnergyOnInvalidId')
  const left = granted - (evse.registerWh - ledger.meterStartWh)
  if (left > 0) {
    // A battery that is full before, or the end of the run: there is nothing to cut short.
    const charged = await station.charged(evse, { untilEnergyWh: evse.outlet.sessionWh + left })
    if (!charged.ok || !isOpen()) return
  }
  await (settings.flag('StopTransactionOnInvalidId')
    ? station.stopEnergy(evse, { cause: 'deauthorized' })
    : station.suspendEnergy(evse, true))
}
