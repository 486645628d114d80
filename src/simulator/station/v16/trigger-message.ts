import type { Handler16 } from './handler16.ts'
import { triggers } from './triggers.ts'

/** [1.6 5.17] */
export const triggerMessage: Handler16<'TriggerMessage'> = (request, behaviour) => ({
  status: triggers[request.requestedMessage](behaviour, request.connectorId),
})
