import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { endTransaction } from '../../domain/ledger.ts'
import { isOpen } from '../../domain/transaction.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** The reason of a transaction whose end its station never told. */
const untoldEnd = 'NotOngoing'

/**
 * A transaction that does not go on, and of which nothing is on its way any more, is over: it ends
 * with the last register that was reported [2.0.1 E14].
 */
export const transactionEffects: Pick<CommandEffects<Actions201>, 'GetTransactionStatus'> = {
  GetTransactionStatus({ transactionId }, { ongoingIndicator, messagesInQueue }, context) {
    const { station, domain } = context
    if (transactionId === undefined || ongoingIndicator !== false || messagesInQueue) return
    const transaction = station.transaction(transactionId)
    if (!transaction || !isOpen(transaction)) return
    endTransaction(domain, transaction, {
      stoppedAt: isoTime(domain.clock.wallMs()),
      meterStopWh: transaction.lastRegisterWh ?? transaction.meterStartWh,
      reason: untoldEnd,
    })
  },
}
