import type { NotifyDisplayMessagesRequest } from 'typed-ocpp/dist/ocpp21/types.js'
import { CallError } from '../../../../ocpp/rpc/error-codes.ts'
import type { RequestOf, ResponseOf } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import { inPages } from '../pages.ts'
import type { Station2x } from '../station-2x.ts'
import { displayMessages } from './display-messages.ts'
import { mostMessages } from './set-display-message.ts'

/** Answers whether there are such messages, and tells them afterwards, page by page [2.0.1 O03, O04]. */
export function getDisplayMessages(
  { requestId, id: ids, priority, state }: RequestOf<Actions21, 'GetDisplayMessages'>,
  station: Station2x,
): ResponseOf<Actions201, 'GetDisplayMessages'> {
  const most = mostMessages(station)
  if (ids && ids.length > most) {
    throw new CallError('OccurrenceConstraintViolation', `at most ${most} ids`)
  }
  const found = (displayMessages.existing(station)?.all ?? []).filter(
    (message) =>
      (ids?.includes(message.id) ?? true) &&
      (priority ?? message.priority) === message.priority &&
      (state ?? message.state) === message.state,
  )
  if (found.length === 0) return { status: 'Unknown', statusInfo: { reasonCode: 'NotFound' } }
  const { services, model } = station
  const items = model.integer('DeviceDataCtrlr.ItemsPerMessage[GetDisplayMessages]')
  const pages = inPages(found, { items, bytes: 0 }).map((page, at, all) => ({
    requestId,
    messageInfo: [...page],
    tbc: at < all.length - 1,
  }))
  services.afterwards(() => services.unattended(notify(station, pages)))
  return { status: 'Accepted' }
}

/** Each page follows the answer to the one before; the rest is in vain where one is lost. */
async function notify(
  { services }: Station2x,
  pages: readonly NotifyDisplayMessagesRequest[],
): Promise<void> {
  for (const page of pages) {
    const outcome = await services.request('NotifyDisplayMessages', page, { triggered: true })
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') return
  }
}
