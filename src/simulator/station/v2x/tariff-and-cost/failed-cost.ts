import type { CostDetailsType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'

/** Faults after which nobody knows what the meter would have shown. */
const meterFaults: ReadonlySet<string> = new Set(['PowerMeterFailure'])

/** Why the cost of a transaction at an EVSE cannot be calculated; undefined: it can. */
export function costFailure({ fault }: Evse): string | undefined {
  return fault && meterFaults.has(fault.code) ? `the meter failed: ${fault.code}` : undefined
}

/** Instead of a cost that nobody should charge for [2.1 I12.FR.14, I12.FR.18]. */
export function failedCost(currency: string, failureReason: string): CostDetailsType {
  return {
    failureToCalculate: true,
    failureReason,
    totalCost: { currency, typeOfCost: 'NormalCost', total: { exclTax: 0, inclTax: 0 } },
    totalUsage: { energy: 0, chargingTime: 0, idleTime: 0 },
  }
}
