import type { Handler } from '../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../ocpp/v201/actions.ts'
import { customerInformationTold } from '../../domain/customer-information.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'
import { notified } from '../../domain/notified.ts'

/** Collects what is known of a customer, part by part [2.0.1 N09]. */
export const notifyCustomerInformation: Handler<
  Actions201,
  'NotifyCustomerInformation',
  StationContext
> = (request, context) => {
  const { requestId, data, tbc } = request
  customerInformationTold({ requestId, data, last: tbc !== true }, context)
  notified('NotifyCustomerInformation', request, context)
  return nothing
}
