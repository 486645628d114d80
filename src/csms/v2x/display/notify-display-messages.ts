import type { RequestOf } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { displayed, displayedOnly } from '../../domain/display-messages.ts'
import type { StationContext } from '../../domain/domain.ts'
import { nothing } from '../../domain/nothing.ts'
import { notified } from '../../domain/notified.ts'

/** Ids of one list: what goes on longer tells nothing of what is missing. */
const mostIds = 10_000

/** A station tells of its messages, page by page; the last of a complete list ends it [2.0.1 O03, O04]. */
export function notifyDisplayMessages(
  request: RequestOf<Actions21, 'NotifyDisplayMessages'>,
  context: StationContext,
) {
  const { station, domain } = context
  const { record } = station
  const { requestId, messageInfo = [], tbc } = request
  const at = isoTime(domain.clock.wallMs())
  const known = new Map(record.displayMessages?.map(({ message, since }) => [message.id, since]))
  for (const message of messageInfo) displayed(record, message, known.get(message.id) ?? at)
  const report = record.displayReport?.requestId === requestId ? record.displayReport : undefined
  report?.ids.push(...messageInfo.map(({ id }) => id))
  if (report && !tbc) displayedOnly(record, new Set(report.ids))
  if (report && (!tbc || report.ids.length > mostIds)) delete record.displayReport
  domain.stations.save(record)
  notified('NotifyDisplayMessages', request, context)
  return nothing
}
