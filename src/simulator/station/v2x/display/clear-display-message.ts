import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { displayMessages } from './display-messages.ts'

/** [2.0.1 O05] */
export const clearDisplayMessage: Handler<Actions201, 'ClearDisplayMessage', Station2x> = (
  { id },
  station,
) => ({
  status: displayMessages.existing(station)?.clear(id) === true ? 'Accepted' : 'Unknown',
})
