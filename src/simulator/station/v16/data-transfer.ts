import type { Handler16 } from './handler16.ts'

/** [1.6 5.6] No vendor extension is known, not even the own vendor's messages. */
export const dataTransfer: Handler16<'DataTransfer'> = (request, { station }) => ({
  status: request.vendorId === station.template.vendor ? 'UnknownMessageId' : 'UnknownVendorId',
})
