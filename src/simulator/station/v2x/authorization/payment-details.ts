import type { IdTokenType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { IdToken } from '../../../steps/actor.ts'
import type { Station2x } from '../station-2x.ts'

/** What PaymentDetails wants told of a payment [2.1 C18.FR.04, FR.06]. */
export function withDetails(
  { model, version }: Station2x,
  idToken: IdTokenType,
  { payment, idToken: pspRef }: IdToken,
): IdTokenType {
  if (!payment || version !== 'ocpp2.1') return idToken
  const known: Readonly<Record<string, string>> = {
    PspRef: pspRef,
    PaymentBrand: payment.brand,
    PaymentRecognition: payment.recognition,
    ReadingMethod: 'Contactless',
    CardLast4Digits: payment.last4,
  }
  const additionalInfo = model.list('PaymentCtrlr.PaymentDetails').flatMap((type) => {
    const additionalIdToken = known[type]
    return additionalIdToken === undefined ? [] : [{ type, additionalIdToken }]
  })
  return additionalInfo.length > 0 ? { ...idToken, additionalInfo } : idToken
}

/** The terminal authorised the payment, and the CSMS wants not to be asked [2.1 C18.FR.03]. */
export function isPaid({ model }: Station2x, { type, payment }: IdToken): boolean {
  if (type !== 'DirectPayment' || !payment) return false
  return !model.flag('PaymentCtrlr.AuthorizeDirectPayment')
}
