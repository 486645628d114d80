import { hmacSha256 } from '../../ocpp/sha256.ts'
import type { StationContext } from './domain.ts'

/** Payments on the web, for stations of 2.1. Plain data, so that it can be handed to another process. */
export interface PaymentSettings {
  /** Where drivers reach this server, without a slash at the end. */
  readonly url: string
  /** Of which those of the stations are made. */
  readonly secret: string
  /** Reserved of each payment, in the currency. */
  readonly amount: number
  /** ISO 4217. */
  readonly currency: string
  /** How long an EVSE is kept for who pays. */
  readonly timeoutSeconds: number
}

/** How long a one-time password holds, and how long it is [2.1 WebPaymentsCtrlr]. */
export const passwordSettings = { validityTime: 30, length: 16 } as const

/** Below this path of `url` is the page. */
export const paymentPath = '/pay/'

/** What a station and this side share, and no other station knows [2.1 WebPaymentsCtrlr.SharedSecret]. */
export function sharedSecretOf({ secret }: PaymentSettings, stationId: string): string {
  const encoder = new TextEncoder()
  const mac = hmacSha256(encoder.encode(secret), encoder.encode(stationId))
  return Buffer.from(mac).toString('hex')
}

/** Tells a station that was just accepted what its QR codes must say [2.1 C25.FR.01]. */
export function offerWebPayments({ version, station, domain }: StationContext): void {
  const { payments } = domain
  if (!payments || version !== 'ocpp2.1') return
  const values = {
    SharedSecret: sharedSecretOf(payments, station.id),
    URLTemplate: `${payments.url}${paymentPath}{chargingstationid}/{evse}/{version}/{totp}`,
    ValidityTime: String(passwordSettings.validityTime),
    Length: String(passwordSettings.length),
    Enabled: 'true',
  }
  const setVariableData = Object.entries(values).map(([name, attributeValue]) => ({
    component: { name: 'WebPaymentsCtrlr' },
    variable: { name },
    attributeValue,
  }))
  // The answer to BootNotification leaves first.
  void Promise.resolve().then(() => domain.command(station.id, 'SetVariables', { setVariableData }))
}
