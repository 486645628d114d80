import type { MessageContentType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { calculateCost, noteStationCost } from '../../domain/costs.ts'
import type { Domain } from '../../domain/domain.ts'
import { isOpen, type TransactionRecord } from '../../domain/transaction.ts'
import { registersOf } from '../metering/registers.ts'

/** What the answer to a TransactionEvent says of cost. */
export interface CostAnswer {
  /** Taxes included; 0: it is free [2.0.1 I03.FR.04]. */
  readonly totalCost?: number
  readonly updatedPersonalMessage?: MessageContentType
}

type Event = RequestOf<Actions21, 'TransactionEvent'>

/**
 * Keeps what the station calculated, or calculates for it and tells the driver [2.0.1 I02.FR.01,
 * I03.FR.02, I06.FR.02] [2.1 I12]. After the event was noted in the transaction; undefined: there is
 * nothing to say.
 */
export function costOfEvent(
  event: Event,
  transaction: TransactionRecord,
  domain: Domain,
): CostAnswer | undefined {
  const { tariffId } = event.transactionInfo
  if (tariffId !== undefined) transaction.tariffId = tariffId
  if (event.costDetails && !event.costDetails.failureToCalculate) {
    noteStationCost(domain, transaction, event.costDetails)
    return undefined
  }
  // A station with a tariff calculates for itself, though it tells the cost only at the end.
  const failed = event.costDetails?.failureToCalculate === true
  if (!domain.tariffs || (transaction.tariffId !== undefined && !failed)) return undefined
  const cost = calculateCost(domain, transaction, {
    atMs: Date.parse(event.timestamp),
    registerWh: registersOf(event.meterValue).last,
    powerW: powerOf(event),
    charging: (event.transactionInfo.chargingState ?? transaction.chargingState) === 'Charging',
  })
  if (!cost) return undefined
  const { total, currency } = cost
  const content = `${isOpen(transaction) ? 'So far' : 'Total'}: ${total.toFixed(2)} ${currency}`
  return {
    totalCost: total,
    updatedPersonalMessage: { format: 'ASCII', language: 'en', content },
  }
}

function powerOf({ meterValue = [] }: Event): number | undefined {
  const latest = meterValue[meterValue.length - 1]
  const sample = latest?.sampledValue.find(
    ({ measurand, phase }) => measurand === 'Power.Active.Import' && phase === undefined,
  )
  if (!sample) return undefined
  const { unit = 'W', multiplier = 0 } = sample.unitOfMeasure ?? {}
  return sample.value * 10 ** (unit === 'kW' ? multiplier + 3 : multiplier)
}
