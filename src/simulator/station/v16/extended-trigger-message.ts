import type { Handler16 } from './handler16.ts'
import { extendedTriggers } from './triggers.ts'

/** [1.6 SWP 5.5] */
export const extendedTriggerMessage: Handler16<'ExtendedTriggerMessage'> = (
  request,
  behaviour,
) => ({
  status: extendedTriggers[request.requestedMessage](behaviour, request.connectorId),
})
