import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import { vendorMessages } from './vendor-messages.ts'

const messages = new Map(Object.entries(vendorMessages))

/** Of the own vendor a few messages are known [2.0.1 P01]. */
export const dataTransfer: Handler<Actions201, 'DataTransfer', Station2x> = (
  { vendorId, messageId = '', data },
  station,
) => {
  if (vendorId !== station.services.template.vendor) return { status: 'UnknownVendorId' }
  const message = messages.get(messageId)
  return message ? message(station, data) : { status: 'UnknownMessageId' }
}
