import type { Handler16 } from './handler16.ts'

/** The one message that our stations know, of whatever vendor they are. */
const displayMessage = 'DisplayText'

/** What fits on the display. */
const longestText = 200

/**
 * [1.6 5.6] Of the own vendor one message is known, DisplayText: `data` stands on the display from
 * then on, over reboots, and in the station's vendor key DisplayText.
 */
export const dataTransfer: Handler16<'DataTransfer'> = (request, { station }) => {
  const { vendorId, messageId, data = '' } = request
  if (vendorId !== station.template.vendor) return { status: 'UnknownVendorId' }
  if (messageId !== displayMessage) return { status: 'UnknownMessageId' }
  if (data.length > longestText) return { status: 'Rejected' }
  station.memory.setValue(displayMessage, data)
  return { status: 'Accepted', data: `${data.length} characters` }
}
