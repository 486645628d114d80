import type { AddressType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Tariff } from '../../ocpp/tariff/tariff.ts'
import type { Token } from './token.ts'

export interface Company extends AddressType {
  readonly vatNumber: string
}

/** What charging costs, and whom. Plain data, so that it can be handed to another process. */
export interface TariffSettings {
  readonly tariffs: readonly Tariff[]
  /** The tariffId for tokens that name none; absent: nobody calculates for them. */
  readonly default?: string | undefined
  /** Whose VAT numbers are valid. */
  readonly companies?: readonly Company[] | undefined
  /** URL of receipts, to which their ids are appended; absent: this side makes none. */
  readonly receipts?: string | undefined
}

/** A tariff as the operator sees it. */
export interface TariffView {
  readonly tariffId: string
  readonly currency: string
  /** Of tokens that name none. */
  readonly isDefault: boolean
  readonly tariff: Tariff
}

/** The prices of a management system. */
export class TariffBook {
  readonly #tariffs: ReadonlyMap<string, Tariff>
  readonly #companies: ReadonlyMap<string, Company>
  readonly #settings: TariffSettings

  constructor(settings: TariffSettings) {
    this.#settings = settings
    this.#tariffs = new Map(settings.tariffs.map((tariff) => [tariff.tariffId, tariff]))
    this.#companies = new Map(
      settings.companies?.map((company) => [normalized(company.vatNumber), company]),
    )
  }

  views(): readonly TariffView[] {
    return this.#settings.tariffs.map((tariff) => {
      const { tariffId, currency } = tariff
      return { tariffId, currency, isDefault: tariffId === this.#settings.default, tariff }
    })
  }

  get(tariffId: string | undefined): Tariff | undefined {
    return tariffId === undefined ? undefined : this.#tariffs.get(tariffId)
  }

  /** The driver's own tariff [2.1 I08]. */
  own(token: Token | undefined): Tariff | undefined {
    return this.get(token?.tariffId)
  }

  /** What a driver pays: his own tariff, or the default. */
  of(token: Token | undefined): Tariff | undefined {
    return this.own(token) ?? this.get(this.#settings.default)
  }

  /** [2.1 C18.FR.09] */
  company(vatNumber: string): AddressType | undefined {
    const known = this.#companies.get(normalized(vatNumber))
    if (!known) return undefined
    const { vatNumber: _, ...company } = known
    return company
  }

  receiptUrl(receiptId: string): string | undefined {
    const { receipts } = this.#settings
    return receipts === undefined
      ? undefined
      : `${receipts.replace(/\/$/, '')}/${encodeURIComponent(receiptId)}`
  }
}

/** As people write it: `DE 123 456 789`. */
function normalized(vatNumber: string): string {
  return vatNumber.replace(/[\s.-]/g, '').toUpperCase()
}
