import type { TaxRate } from './tariff.ts'

/**
 * An exact amount of money, in units of 1 / 60,000 of a billionth of its currency: a price of at
 * most nine decimals times whole watt-hours or whole seconds is a whole number of them.
 */
export type Amount = bigint

const billion = 1_000_000_000n
/** Thousandths of a kWh's price and sixtieths of a minute's are whole units. */
const unitsPerBillionth = 60_000n
const unitsPerCurrency = unitsPerBillionth * billion

/** In billionths. Exact for prices below a million. */
function billionths(price: number): bigint {
  return BigInt(Math.round(price * 1e9))
}

/** @param energyWh whole; negative: discharged */
export function energyCost(priceKwh: number, energyWh: number): Amount {
  return billionths(priceKwh) * BigInt(energyWh) * 60n
}

/** @param seconds whole */
export function timeCost(priceMinute: number, seconds: number): Amount {
  return billionths(priceMinute) * BigInt(seconds) * 1_000n
}

export function fixedCost(price: number): Amount {
  return billionths(price) * unitsPerBillionth
}

/** A rational number; `below` is positive. */
export interface Fraction {
  readonly above: bigint
  readonly below: bigint
}

export const nothing: Fraction = { above: 0n, below: 1n }

export function sum(one: Fraction, other: Fraction): Fraction {
  if (one.below === other.below) return { above: one.above + other.above, below: one.below }
  return {
    above: one.above * other.below + other.above * one.below,
    below: one.below * other.below,
  }
}

/** As many currency units as an amount is. */
export function inCurrency(amount: Amount): Fraction {
  return { above: amount, below: unitsPerCurrency }
}

const hundred = 100_000_000n

/**
 * With its taxes: those of one stack level are added up, each level taxes what the one below made
 * [2.1 I12.FR.13].
 */
export function withTax(net: Fraction, rates: readonly TaxRate[]): Fraction {
  const levels = [...new Set(rates.map(({ stack = 0 }) => stack))].sort((a, b) => a - b)
  let { above, below } = net
  for (const level of levels) {
    let percent = hundred
    for (const { tax, stack = 0 } of rates) {
      if (stack === level) percent += BigInt(Math.round(tax * 1e6))
    }
    above *= percent
    below *= hundred
  }
  return { above, below }
}

/** Decimals of every amount that is written. */
const decimals = 4
const shift = 10n ** BigInt(decimals)

/** In ten-thousandths of the currency, halves away from zero: what is written, as a whole number. */
export function rounded({ above, below }: Fraction): bigint {
  const scaled = above * shift
  const half = below / 2n
  const away = scaled < 0n ? scaled - half : scaled + half
  return away / below
}

/** The number on the wire. */
export function written(tenThousandths: bigint): number {
  return Number(tenThousandths) / Number(shift)
}

/** Currencies without two decimals [ISO 4217]. */
const minorUnits: Readonly<Record<string, number>> = {
  BHD: 3,
  CLP: 0,
  ISK: 0,
  JOD: 3,
  JPY: 0,
  KRW: 0,
  KWD: 3,
  OMR: 3,
  TND: 3,
  VND: 0,
}

/** What a card can be charged for a cost: whole minor units of its currency. */
export function chargeable(cost: number, currency: string): number {
  const unit = 10 ** (minorUnits[currency] ?? 2)
  return Math.round(cost * unit) / unit
}
