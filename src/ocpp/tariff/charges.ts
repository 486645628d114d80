import type { PriceType, TotalCostType, TotalPriceType } from 'typed-ocpp/dist/ocpp21/types.js'
import {
  type Amount,
  type Fraction,
  inCurrency,
  nothing,
  rounded,
  sum,
  withTax,
  written,
} from './money.ts'
import { type CostPart, costParts, type Tariff, type TaxRate } from './tariff.ts'

/** What one field of one tariff has cost so far. */
interface Charge {
  readonly part: CostPart
  readonly rates: readonly TaxRate[]
  net: Amount
}

/** How a field of the tariff is named among costs [2.1 TotalCostType]. */
const wireName = {
  fixedFee: 'fixed',
  energy: 'energy',
  chargingTime: 'chargingTime',
  idleTime: 'idleTime',
  reservationTime: 'reservationTime',
  reservationFixed: 'reservationFixed',
} as const satisfies Record<CostPart, keyof TotalCostType>

/** Net and gross, in ten-thousandths of the currency. */
export interface Total {
  readonly exclTax: bigint
  readonly inclTax: bigint
}

/** What a transaction has cost so far, exactly, by what it was paid for. */
export class Charges {
  readonly #charges: Charge[] = []

  /** @param rates of the tariff's field, which tax this amount */
  add(part: CostPart, rates: readonly TaxRate[] | undefined, net: Amount): void {
    const taxes = rates ?? none
    const known = this.#charges.find((charge) => charge.part === part && charge.rates === taxes)
    if (known) known.net += net
    else this.#charges.push({ part, rates: taxes, net })
  }

  copy(): Charges {
    const twin = new Charges()
    for (const charge of this.#charges) twin.#charges.push({ ...charge })
    return twin
  }

  /** Of the amounts as they are written, so that whoever adds these up finds it [2.1 I12.FR.17]. */
  get total(): Total {
    let exclTax = 0n
    let inclTax = 0n
    for (const part of costParts) {
      const { net, gross } = this.#sums(part)
      exclTax += rounded(net)
      inclTax += rounded(gross)
    }
    return { exclTax, inclTax }
  }

  /** [2.1 TotalCostType] */
  cost({ currency }: Tariff, typeOfCost: TotalCostType['typeOfCost']): TotalCostType {
    const cost: TotalCostType = { currency, typeOfCost, total: writtenTotal(this.total) }
    for (const part of costParts) {
      const price = this.#price(part)
      if (price) cost[wireName[part]] = price
    }
    return cost
  }

  #price(part: CostPart): PriceType | undefined {
    const charges = this.#charges.filter((charge) => charge.part === part)
    const last = charges[charges.length - 1]
    if (!last) return undefined
    const { net, gross } = this.#sums(part)
    const price: PriceType = { exclTax: written(rounded(net)), inclTax: written(rounded(gross)) }
    // Where the tariff was changed to other taxes, no one list would say how the sum came about.
    const uniform = charges.every(({ rates }) => sameRates(rates, last.rates))
    if (uniform && last.rates.length > 0) price.taxRates = [...last.rates]
    return price
  }

  #sums(part: CostPart): { readonly net: Fraction; readonly gross: Fraction } {
    let net = nothing
    let gross = nothing
    for (const charge of this.#charges) {
      if (charge.part !== part) continue
      const amount = inCurrency(charge.net)
      net = sum(net, amount)
      gross = sum(gross, withTax(amount, charge.rates))
    }
    return { net, gross }
  }
}

const none: readonly TaxRate[] = []

function sameRates(one: readonly TaxRate[], other: readonly TaxRate[]): boolean {
  return one === other || JSON.stringify(one) === JSON.stringify(other)
}

function writtenTotal({ exclTax, inclTax }: Total): TotalPriceType {
  return { exclTax: written(exclTax), inclTax: written(inclTax) }
}
