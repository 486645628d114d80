import type {
  AddressType,
  NotifySettlementRequest,
  NotifySettlementResponse,
  TransactionEventRequest,
  TransactionEventResponse,
  VatNumberValidationResponse,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { chargeable } from '../../../../ocpp/tariff/money.ts'
import type { IdToken, PaymentCard } from '../../../steps/actor.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'
import { costs } from '../tariff-and-cost/costs.ts'
import { transactionLimits } from '../transactions/transaction-limits.ts'
import { withDetails } from './payment-details.ts'

/** One payment at the terminal, from the card to its settlement. */
interface Payment {
  readonly token: IdToken
  readonly card: PaymentCard
  readonly evse: Evse
  /** What the payment provider reserved, in the currency of the terminal. */
  amount: number
  transactionId: string | undefined
  /** Of a VAT number that the CSMS found valid. */
  company: AddressType | undefined
  vatNumber: string | undefined
}

/** What became of a payment. */
interface Settlement {
  readonly evse: Evse
  readonly request: NotifySettlementRequest
}

/**
 * The payment terminal of a station: reserves an amount, tells the CSMS who pays how, and settles
 * what the transaction has cost [2.1 C18 to C23].
 */
class Payments {
  readonly #station: Station2x
  /** By what the payment provider calls them. */
  readonly #payments = new Map<string, Payment>()
  readonly #receipts = new Map<Evse, string>()
  /** What the CSMS has not heard of yet, oldest first; survives reboots. */
  readonly #untold: Settlement[] = []

  constructor(station: Station2x) {
    this.#station = station
  }

  /** The CSMS is in reach again. */
  resume(): void {
    for (const settlement of this.#untold.splice(0)) {
      this.#station.services.unattended(this.#tell(settlement))
    }
  }

  /** Where the last receipt of this EVSE is to be found. */
  receiptAt(evse: Evse): string | undefined {
    return this.#receipts.get(evse)
  }

  /** The amount is reserved, and the driver may charge for so much [2.1 C18.FR.01, FR.06]. */
  accepted(evse: Evse, token: IdToken, card: PaymentCard): void {
    const amount = this.#number('AuthorizationAmount')
    const payment: Payment = {
      token,
      card,
      evse,
      amount,
      transactionId: undefined,
      company: undefined,
      vatNumber: undefined,
    }
    this.#payments.set(token.idToken, payment)
    transactionLimits.of(this.#station).set(evse, 'driver', { maxCost: amount })
    if (card.vatNumber !== undefined) {
      this.#station.services.unattended(this.#validate(payment, card.vatNumber))
    }
  }

  /** The event that brings the token says how it was paid for [2.1 C18.FR.06]. */
  telling(evse: Evse, event: TransactionEventRequest): void {
    const { authorization } = evse
    const payment = authorization && this.#payments.get(authorization.token.idToken)
    if (!payment) return
    payment.transactionId ??= event.transactionInfo.transactionId
    const { idToken } = event
    if (idToken?.idToken === payment.token.idToken) {
      event.idToken = withDetails(this.#station, idToken, payment.token)
    }
  }

  /** After the end the payment is settled; before, more may have to be reserved. */
  answered(event: TransactionEventRequest, { totalCost }: TransactionEventResponse): void {
    const { transactionId } = event.transactionInfo
    const payment = [...this.#payments.values()].find(
      (some) => some.transactionId === transactionId,
    )
    if (!payment) return
    if (event.eventType !== 'Ended') {
      this.#reserveMore(payment)
      return
    }
    this.#payments.delete(payment.token.idToken)
    const { model, services } = this.#station
    if (model.flag('PaymentCtrlr.SettlementByCSMS')) return
    const { costDetails } = event
    const total = costDetails?.failureToCalculate ? undefined : costDetails?.totalCost
    const { exclTax, inclTax = exclTax } = total?.total ?? {}
    const cost = inclTax ?? totalCost
    const currency = total?.currency ?? model.text('TariffCostCtrlr.Currency')
    services.unattended(
      this.#settle(payment, cost === undefined ? undefined : chargeable(cost, currency)),
    )
  }

  /** Nobody charged: what was reserved is released [2.1 C19]. */
  withdrawn(evse: Evse): void {
    const payment = [...this.#payments.values()].find(
      (some) => some.evse === evse && some.transactionId === undefined,
    )
    if (!payment) return
    this.#payments.delete(payment.token.idToken)
    transactionLimits.existing(this.#station)?.forget(payment.evse)
    if (!this.#station.model.flag('PaymentCtrlr.AuthorizeDirectPayment')) return
    this.#station.services.unattended(this.#notify(payment, 'Canceled', 0))
  }

  /** [2.1 C20.FR.05, C21.FR.01 to FR.04, C22] */
  #settle(payment: Payment, amount: number | undefined): Promise<void> {
    if (amount === undefined) {
      return this.#notify(payment, 'Failed', 0, 'nobody knows what the transaction has cost')
    }
    return amount === 0
      ? this.#notify(payment, 'Canceled', 0)
      : this.#notify(payment, payment.card.settlement, amount)
  }

  async #notify(
    payment: Payment,
    status: NotifySettlementRequest['status'],
    settlementAmount: number,
    statusInfo?: string,
  ): Promise<void> {
    const { services } = this.#station
    const { token, transactionId, company, vatNumber } = payment
    const request: NotifySettlementRequest = {
      pspRef: token.idToken,
      status,
      settlementAmount,
      settlementTime: services.wireTime(),
      ...(transactionId !== undefined && { transactionId }),
      ...(statusInfo !== undefined && { statusInfo }),
      ...(vatNumber !== undefined && { vatNumber }),
      ...(company && { vatCompany: company }),
      ...(status === 'Settled' && this.#receipt(token.idToken)),
    }
    if (request.receiptUrl !== undefined) this.#receipts.set(payment.evse, request.receiptUrl)
    await this.#tell({ evse: payment.evse, request })
  }

  /** Once the CSMS heard of it, whatever it answered. */
  async #tell(settlement: Settlement): Promise<void> {
    const { evse, request } = settlement
    const outcome = await this.#station.services.request('NotifySettlement', request)
    if (outcome.kind === 'unsent' || outcome.kind === 'lost') this.#untold.push(settlement)
    if (outcome.kind !== 'result') return
    const { receiptUrl } = outcome.payload as NotifySettlementResponse
    if (receiptUrl !== undefined) this.#receipts.set(evse, receiptUrl)
  }

  /** The terminal's own, unless the CSMS makes it [2.1 C21.FR.03, FR.04]. */
  #receipt(pspRef: string): { readonly receiptUrl?: string; readonly receiptId?: string } {
    const { model } = this.#station
    if (model.flag('PaymentCtrlr.ReceiptByCSMS')) return {}
    const server = model.text('PaymentCtrlr.ReceiptServerUrl')
    const receiptId = pspRef.slice(0, 50)
    return server === '' ? { receiptId } : { receiptId, receiptUrl: `${server}/${receiptId}` }
  }

  /** [2.1 C23] */
  #reserveMore(payment: Payment): void {
    const more = this.#number('IncrementalAuthorizationAmount')
    const { totalCost } = costs.existing(this.#station)?.shownAt(payment.evse) ?? {}
    if (more <= 0 || totalCost === undefined) return
    const threshold = this.#number('IncrementalAuthorizationThreshold')
    if (totalCost <= payment.amount - threshold) return
    payment.amount += more
    transactionLimits.of(this.#station).set(payment.evse, 'driver', { maxCost: payment.amount })
  }

  /** [2.1 C18.FR.08 to FR.10] */
  async #validate(payment: Payment, vatNumber: string): Promise<void> {
    const request = { vatNumber, evseId: payment.evse.id }
    const outcome = await this.#station.services.request('VatNumberValidation', request)
    if (outcome.kind !== 'result') return
    const { status, company } = outcome.payload as VatNumberValidationResponse
    if (status !== 'Accepted') return
    payment.vatNumber = vatNumber
    payment.company = company
  }

  #number(variable: string): number {
    return Number(this.#station.model.text(`PaymentCtrlr.${variable}`))
  }
}

/** Those of a station; most never have one. */
export const payments = new StationPart((station) => new Payments(station))
