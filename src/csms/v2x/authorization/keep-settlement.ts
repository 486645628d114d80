import type { StationContext } from '../../domain/domain.ts'
import { mostSettlements, type SettlementRecord } from '../../domain/settlements.ts'

/** Among the latest of a station. */
export function keepSettlement(
  { station: { record }, domain }: StationContext,
  settlement: SettlementRecord,
): void {
  record.settlements = [...(record.settlements ?? []), settlement].slice(-mostSettlements)
  domain.stations.save(record)
}
