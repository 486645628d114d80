import { oneTimePassword } from '../../../../ocpp/one-time-password.ts'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'
import { StationPart } from '../station-part.ts'

/** Places that somebody is paying for on the web, and until when they are kept for him. */
class WebPayments {
  readonly #station: Station2x
  readonly #untilMs = new Map<number, number>()

  constructor(station: Station2x) {
    this.#station = station
  }

  started(evseId: number, seconds: number): void {
    this.#untilMs.set(evseId, this.#nowMs + seconds * 1000)
  }

  /** The CSMS starts the transaction, or gave up. */
  over({ id }: Evse): void {
    this.#untilMs.delete(id)
    this.#untilMs.delete(0)
  }

  keeps({ id }: Evse): boolean {
    const untilMs = Math.max(this.#untilMs.get(id) ?? 0, this.#untilMs.get(0) ?? 0)
    return this.#nowMs < untilMs
  }

  get #nowMs(): number {
    return this.#station.services.wireMs()
  }
}

/**
 * What the QR code on the display of an EVSE says; undefined: it shows none, for want of a shared
 * secret for instance [2.1 C25.FR.01, FR.50 to FR.52].
 */
export function paymentUrl({ model, services }: Station2x, evse: Evse): string | undefined {
  const sharedSecret = model.text('WebPaymentsCtrlr.SharedSecret')
  if (!model.flag('WebPaymentsCtrlr.Enabled') || sharedSecret === '') return undefined
  const settings = {
    sharedSecret,
    validityTime: model.integer('WebPaymentsCtrlr.ValidityTime'),
    length: model.integer('WebPaymentsCtrlr.Length'),
  }
  const filled: Readonly<Record<string, string>> = {
    chargingstationid: encodeURIComponent(services.id),
    evse: String(evse.id),
    totp: oneTimePassword(settings, services.wireMs()),
    version: model.text('WebPaymentsCtrlr.TOTPVersion'),
  }
  return model
    .text('WebPaymentsCtrlr.URLTemplate')
    .replace(/\{(\w+)\}/g, (place, name: string) => filled[name] ?? place)
}

export const webPayments = new StationPart((station) => new WebPayments(station))

/** Nobody begins to charge there until the payment is made, or takes too long [2.1 C25.FR.22]. */
export const notifyWebPaymentStarted: Handler<Actions21, 'NotifyWebPaymentStarted', Station2x> = (
  { evseId, timeout },
  station,
) => {
  if (evseId === 0 || station.services.evse(evseId)) {
    webPayments.of(station).started(evseId, timeout)
  }
  return {}
}
