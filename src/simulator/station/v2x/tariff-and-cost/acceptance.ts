import {
  hasConditions,
  mostPrices,
  type Tariff,
  tariffFault,
} from '../../../../ocpp/tariff/tariff.ts'
import type { Station2x } from '../station-2x.ts'

/** Why a station cannot work with a tariff; undefined: it can. */
export interface TariffObjection {
  readonly status: 'TooManyElements' | 'ConditionNotSupported' | 'Rejected'
  readonly reasonCode: string
  readonly additionalInfo: string
}

/** [2.1 I07.FR.02, FR.03, FR.05, I11.FR.02, FR.03] */
export function objectionTo({ model }: Station2x, tariff: Tariff): TariffObjection | undefined {
  const most = model.integer('TariffCostCtrlr.MaxElements[Tariff]')
  if (mostPrices(tariff) > most) {
    return {
      status: 'TooManyElements',
      reasonCode: 'TooManyElements',
      additionalInfo: `a field has more than ${most} prices`,
    }
  }
  if (hasConditions(tariff) && !model.flag('TariffCostCtrlr.ConditionsSupported[Tariff]')) {
    return {
      status: 'ConditionNotSupported',
      reasonCode: 'UnsupportedParam',
      additionalInfo: 'no price may have conditions',
    }
  }
  const fault = tariffFault(tariff)
  return fault === undefined
    ? undefined
    : { status: 'Rejected', reasonCode: 'InvalidValue', additionalInfo: fault }
}

/** Of a status that says no more. */
export function statusInfo({ reasonCode, additionalInfo }: Omit<TariffObjection, 'status'>) {
  return { reasonCode, additionalInfo }
}

/** Tariffs are taken at all [2.1 I07.FR.01]. */
export function takesTariffs({ model }: Station2x): boolean {
  return (
    model.flag('TariffCostCtrlr.Available[Tariff]') && model.flag('TariffCostCtrlr.Enabled[Tariff]')
  )
}
