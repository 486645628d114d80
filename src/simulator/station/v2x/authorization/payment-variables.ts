import { fixed, row, seconds, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'

const only = { only: 'ocpp2.1' } as const

/** What a terminal can tell of a payment [2.1 Part 2 appendix 6 additionalInfo types]. */
const details = ['PspRef', 'PaymentBrand', 'PaymentRecognition', 'ReadingMethod', 'CardLast4Digits']

const merchant = (instance: string, value: string) =>
  settable('PaymentCtrlr.Merchant', 'string', value, { instance, ...only })

/** The payment terminal, and payments on the web [2.1 Part 2 2.4 Adhoc payment]. */
export const paymentVariables: readonly VariableSpec[] = [
  settable('PaymentCtrlr.Enabled', 'boolean', 'true', only),
  row('PaymentCtrlr.Problem', 'boolean', 'false', only),
  settable('PaymentCtrlr.AuthorizeDirectPayment', 'boolean', 'false', only),
  settable('PaymentCtrlr.AuthorizationAmount', 'decimal', '50', { min: 0, ...only }),
  settable('PaymentCtrlr.IncrementalAuthorizationAmount', 'decimal', '0', { min: 0, ...only }),
  settable('PaymentCtrlr.IncrementalAuthorizationThreshold', 'decimal', '1', { min: 0, ...only }),
  settable('PaymentCtrlr.PaymentDetails', 'MemberList', 'PaymentBrand,CardLast4Digits', {
    values: details,
    ...only,
  }),
  settable('PaymentCtrlr.SettlementByCSMS', 'boolean', 'false', only),
  settable('PaymentCtrlr.ReceiptServerUrl', 'string', 'https://receipts.example', only),
  settable('PaymentCtrlr.ReceiptByCSMS', 'boolean', 'false', only),
  merchant('Id', 'M-1'),
  merchant('TaxId', ''),
  merchant('Name', 'Charging Ltd'),
  merchant('Address', ''),
  merchant('City', ''),
  fixed('PaymentCtrlr.TerminalID', 'string', 'T-1', only),
  fixed('PaymentCtrlr.PaymentServiceProvider', 'string', 'csms', only),
  fixed('PaymentCtrlr.VendorName', 'string', 'csms', only),
  fixed('PaymentCtrlr.Model', 'string', 'Terminal', only),
  fixed('PaymentCtrlr.SerialNumber', 'string', '1', only),
  fixed('PaymentCtrlr.FirmwareVersion', 'string', '1.0', only),
  fixed('PaymentCtrlr.IMSI', 'string', '', only),
  fixed('PaymentCtrlr.ICCID', 'string', '', only),
  fixed('PaymentCtrlr.Connected', 'boolean', 'true', only),

  settable('WebPaymentsCtrlr.Enabled', 'boolean', 'true', only),
  settable(
    'WebPaymentsCtrlr.URLTemplate',
    'string',
    'https://pay.example/{chargingstationid}/{evse}/{totp}/{version}',
    {
      ...only,
      objection: (_station, value) =>
        /\{totp\}/.test(value) && /\{version\}/.test(value) && /\{chargingstationid\}/.test(value)
          ? undefined
          : {
              reasonCode: 'InvalidValue',
              additionalInfo: 'needs {chargingstationid}, {totp} and {version}',
            },
    },
  ),
  fixed('WebPaymentsCtrlr.URLParameters', 'MemberList', '', {
    values: ['maxtime', 'maxenergy', 'maxcost'],
    ...only,
  }),
  settable('WebPaymentsCtrlr.TOTPVersion', 'OptionList', 'v1', { values: ['v1'], ...only }),
  settable('WebPaymentsCtrlr.ValidityTime', 'integer', '30', {
    ...seconds,
    min: 6,
    max: 3600,
    ...only,
  }),
  settable('WebPaymentsCtrlr.SharedSecret', 'string', '', { mutability: 'WriteOnly', ...only }),
  settable('WebPaymentsCtrlr.Length', 'integer', '8', { min: 6, max: 32, ...only }),
]
