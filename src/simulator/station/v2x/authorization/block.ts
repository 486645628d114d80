import type { Block } from '../block.ts'
import { clearCache } from './clear-cache.ts'
import { payments } from './payments.ts'
import { notifyWebPaymentStarted, paymentUrl, webPayments } from './web-payments.ts'

/** Who may charge [2.0.1 C], and who pays at the station [2.1 C17 to C25]. */
export const authorization: Block = {
  letter: 'C',
  handlers: { ClearCache: clearCache },
  handlers21: { NotifyWebPaymentStarted: notifyWebPaymentStarted },
  registered: (station) => payments.existing(station)?.resume(),
  reconnected: (station) => payments.existing(station)?.resume(),
  authorized(station, evse, token) {
    const { payment } = token
    if (!payment || station.version !== 'ocpp2.1' || station.sessions.of(evse).authorized) return
    if (!station.model.flag('PaymentCtrlr.Enabled')) return
    payments.of(station).accepted(evse, token, payment)
  },
  happened(station, evse, event) {
    if (event.kind === 'authorized' && evse.authorization?.how === 'remote') {
      webPayments.existing(station)?.over(evse)
    }
    if (event.kind === 'authorizationEnded') payments.existing(station)?.withdrawn(evse)
  },
  transactionEvent(station, evse, event) {
    payments.existing(station)?.telling(evse, event)
  },
  transactionAnswered(station, _evse, event, answer) {
    payments.existing(station)?.answered(event, answer)
  },
  barred(station, evse, { type, payment }) {
    if (payment && !station.model.flag('PaymentCtrlr.Enabled')) {
      return 'the station has no payment terminal that works'
    }
    const remote = type === 'DirectPayment' || evse.claimed
    return !remote && webPayments.existing(station)?.keeps(evse)
      ? `somebody is paying for EVSE ${evse.id} on the web`
      : undefined
  },
  /** For templates: `{receiptUrl}`, and `{paymentUrl}`, which is in the QR code. */
  variable(station, evse, name) {
    if (name === 'paymentUrl') return paymentUrl(station, evse)
    return name === 'receiptUrl' ? payments.existing(station)?.receiptAt(evse) : undefined
  },
}
