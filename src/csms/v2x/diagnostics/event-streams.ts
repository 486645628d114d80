import type { Handlers } from '../../../ocpp/rpc/service.ts'
import { noReply } from '../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import type { StationContext } from '../../domain/domain.ts'
import { streamClosed, streamOffered, streamTold } from '../../domain/event-streams.ts'
import { nothing } from '../../domain/nothing.ts'
import { notified } from '../../domain/notified.ts'

/** RFC 3339 has no later year: a value from there is left out. */
const endMs = Date.UTC(10_000, 0)

/** Streams of values that stations offer, fill and close [2.1 N11, N13, N15]. */
export const eventStreams: Handlers<Actions21, StationContext> = {
  OpenPeriodicEventStream(request, context) {
    const { id, variableMonitoringId: monitorId, params } = request.constantStreamData
    notified('OpenPeriodicEventStream', request, context)
    return { status: streamOffered({ id, monitorId, params }, context) ? 'Accepted' : 'Rejected' }
  },
  ClosePeriodicEventStream(request, context) {
    streamClosed(request.id, context)
    notified('ClosePeriodicEventStream', request, context)
    return nothing
  },
  /** A SEND: never answered [2.1 N15.FR.02]. */
  NotifyPeriodicEventStream(request, context) {
    const baseMs = Date.parse(request.basetime)
    const values = request.data
      .map(({ t, v }) => ({ atMs: baseMs + t * 1000, value: v }))
      .filter(({ atMs }) => atMs >= 0 && atMs < endMs)
      .map(({ atMs, value }) => ({ at: isoTime(atMs), value }))
    streamTold(request.id, values, context)
    notified('NotifyPeriodicEventStream', request, context)
    return noReply
  },
}
