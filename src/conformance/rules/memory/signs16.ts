import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions16 } from '../../../ocpp/v16/actions.ts'
import { msOf } from './time.ts'
import type { SeenTransaction } from './transactions.ts'

/** Whether a StartTransaction only repeats the one that began this transaction. */
export function isSameStart(
  known: SeenTransaction | undefined,
  { connectorId, meterStart, timestamp }: RequestOf<Actions16, 'StartTransaction'>,
): boolean {
  return (
    known !== undefined &&
    known.place === connectorId &&
    known.beginning === meterStart &&
    known.startedMs === msOf(timestamp)
  )
}
