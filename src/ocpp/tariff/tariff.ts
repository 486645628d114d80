import type {
  TariffConditionsFixedType,
  TariffConditionsType,
  TariffType,
  TaxRateType,
} from 'typed-ocpp/dist/ocpp21/types.js'

/** Prices of a transaction: what OCPP 2.1 gives a station that calculates cost [2.1 TariffType]. */
export type Tariff = TariffType

/** A percentage, and on top of which others it is added [2.1 TaxRateType]. */
export type TaxRate = TaxRateType

export type Conditions = TariffConditionsType
export type FixedConditions = TariffConditionsFixedType

/** The fields of a tariff that hold prices, which are those of its cost, too. */
export const costParts = [
  'fixedFee',
  'energy',
  'chargingTime',
  'idleTime',
  'reservationTime',
  'reservationFixed',
] as const
export type CostPart = (typeof costParts)[number]

interface Priced {
  readonly conditions?: Conditions | FixedConditions
}

function pricesOf(tariff: Tariff, part: CostPart): readonly Priced[] {
  return tariff[part]?.prices ?? []
}

/** Prices in the longest of its fields [2.1 I07.FR.02, TariffMaxElements]. */
export function mostPrices(tariff: Tariff): number {
  return Math.max(...costParts.map((part) => pricesOf(tariff, part).length))
}

/** [2.1 I07.FR.03] */
export function hasConditions(tariff: Tariff): boolean {
  return costParts.some((part) =>
    pricesOf(tariff, part).some(({ conditions }) => conditions !== undefined),
  )
}

const timeOfDay = /^([01]\d|2[0-3]):[0-5]\d$/
const fullDate = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/

/**
 * What is wrong with a tariff that fits the schema, one clause without a full stop; undefined:
 * nothing [2.1 I07.FR.05].
 */
export function tariffFault(tariff: Tariff): string | undefined {
  if (!/^[A-Z]{3}$/.test(tariff.currency)) return 'currency is no code of ISO 4217'
  if (mostPrices(tariff) === 0) return 'it has no price'
  for (const part of costParts) {
    for (const { conditions } of pricesOf(tariff, part)) {
      const fault = conditions && conditionsFault(conditions)
      if (fault) return `${part}: ${fault}`
    }
    if (tariff[part]?.taxRates?.some(({ tax }) => tax < 0)) return `${part}: a tax is negative`
  }
  for (const bound of ['minCost', 'maxCost'] as const) {
    const price = tariff[bound]
    if (price && price.exclTax === undefined && price.inclTax === undefined) {
      return `${bound} has neither exclTax nor inclTax`
    }
  }
  return undefined
}

function conditionsFault(conditions: Conditions | FixedConditions): string | undefined {
  const { startTimeOfDay, endTimeOfDay, validFromDate, validToDate } = conditions
  for (const time of [startTimeOfDay, endTimeOfDay]) {
    if (time !== undefined && !timeOfDay.test(time)) return `${time} is no time of day`
  }
  for (const date of [validFromDate, validToDate]) {
    if (date !== undefined && !fullDate.test(date)) return `${date} is no date`
  }
  return undefined
}
