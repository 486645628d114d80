import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { dispatcher } from '../../served-actions.ts'
import type { Station2x } from '../station-2x.ts'
import { changeAvailability } from './change-availability.ts'
import { clearCache } from './clear-cache.ts'
import { dataTransfer } from './data-transfer.ts'
import { getBaseReport } from './get-base-report.ts'
import { getVariables } from './get-variables.ts'
import { requestStartTransaction } from './request-start-transaction.ts'
import { requestStopTransaction } from './request-stop-transaction.ts'
import { reset } from './reset.ts'
import { setVariables } from './set-variables.ts'
import { triggerMessage } from './trigger-message.ts'
import { unlockConnector } from './unlock-connector.ts'

/** What a 2.x station answers; everything else is NotSupported. */
export const serve2x = dispatcher<Actions201, Station2x>({
  ChangeAvailability: changeAvailability,
  ClearCache: clearCache,
  DataTransfer: dataTransfer,
  GetBaseReport: getBaseReport,
  GetVariables: getVariables,
  RequestStartTransaction: requestStartTransaction,
  RequestStopTransaction: requestStopTransaction,
  Reset: reset,
  SetVariables: setVariables,
  TriggerMessage: triggerMessage,
  UnlockConnector: unlockConnector,
})
