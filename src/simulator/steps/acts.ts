import type { EvNeeds, EvPlan } from '../scenario/plan.ts'
import type { IdToken } from './actor.ts'

/** Somebody beside the CSMS, an energy management system perhaps, limits charging. */
export interface ExternalLimit {
  /** 0: the whole station. */
  readonly evse: number
  /** ChargingLimitSourceEnumType: EMS, SO, Other ... */
  readonly source: string
  readonly watts: number
  readonly gridCritical: boolean
  /** 2.1: it adds to what others allow. */
  readonly generation: boolean
}

/** Where a 2.1 transaction ends its energy [2.1 E16]. */
export interface TransactionLimit {
  /** In the currency of the station. */
  readonly maxCost?: number
  /** Wh. */
  readonly maxEnergy?: number
  /** Simulated seconds. */
  readonly maxTime?: number
  /** Percent. */
  readonly maxSoC?: number
}

/** The EV asks for a contract certificate by ISO 15118, through the station [2.0.1 M01, M02]. */
export interface ContractOrder {
  readonly action: 'Install' | 'Update'
  /** At least one; several by ISO 15118-20 only. */
  readonly emaids: readonly string[]
}

/** A driver at a battery swap station [2.1 S]. */
export interface BatterySwap {
  readonly batteries: readonly SwapBattery[]
  /** EVSE ids whose batteries are taken; undefined = as many of the fullest. */
  readonly out: readonly number[] | undefined
  /** Otherwise they are offered, and nobody takes them. */
  readonly collect: boolean
  /** Undefined: of the CSMS's request, or the station's own. */
  readonly token: IdToken | undefined
}

/** A used battery and the slot that gets it. */
export interface SwapBattery {
  readonly evse: number
  readonly ev: EvPlan
  /** State of health, 0 to 1. */
  readonly soh: number
}

/** What happens to a station that only some versions can tell of. */
export type Act =
  | ({ readonly kind: 'limited' } & ExternalLimit)
  | ({ readonly kind: 'contract' } & ContractOrder)
  | ({ readonly kind: 'batteriesSwapped' } & BatterySwap)
  | { readonly kind: 'limitCleared'; readonly evse: number; readonly source: string }
  /** The driver chooses where his transaction, or the next one, ends its energy. */
  | { readonly kind: 'transactionLimited'; readonly limit: TransactionLimit }
  /** The driver asks for priority, or no longer. */
  | { readonly kind: 'priority'; readonly on: boolean }
  /** The driver does not want to charge at the price that he is shown. */
  | { readonly kind: 'tariffRefused' }
  /** The EV needs something else than it said. */
  | { readonly kind: 'needs'; readonly needs: EvNeeds }
