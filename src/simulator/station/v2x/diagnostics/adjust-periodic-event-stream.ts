import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { monitoring } from './monitoring.ts'

/** How often a stream sends from now on [2.1 N14]. */
export const adjustPeriodicEventStream: Handler<
  Actions21,
  'AdjustPeriodicEventStream',
  Station2x
> = ({ id, params }, station) =>
  monitoring.existing(station)?.streams.adjust(id, params)
    ? { status: 'Accepted' }
    : { status: 'Rejected', statusInfo: { reasonCode: 'NotFound' } }
