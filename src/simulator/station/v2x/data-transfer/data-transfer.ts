import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'

/** A csms station has no vendor's extensions [2.0.1 P01]. */
export const dataTransfer: Handler<Actions201, 'DataTransfer', Station2x> = () => ({
  status: 'UnknownVendorId',
})
