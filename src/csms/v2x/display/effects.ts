import type { Actions21 } from '../../../ocpp/v21/actions.ts'
import { isoTime } from '../../../shared/clock.ts'
import { displayed, undisplayed } from '../../domain/display-messages.ts'
import type { CommandEffects } from '../../gateway/command-effects.ts'

/** What a station shows, by its answers [2.0.1 O01-O06]. */
export const displayEffects: Pick<
  CommandEffects<Actions21>,
  'SetDisplayMessage' | 'GetDisplayMessages' | 'ClearDisplayMessage'
> = {
  SetDisplayMessage({ message }, { status }, { station: { record }, domain }) {
    if (status !== 'Accepted') return
    displayed(record, message, isoTime(domain.clock.wallMs()))
    domain.stations.save(record)
  },
  /** Asked for all: what is not told is not there. Asked for ids alone: there are none of them. */
  GetDisplayMessages({ requestId, id, priority, state }, { status }, { station, domain }) {
    if (priority !== undefined || state !== undefined) return
    const { record } = station
    if (status === 'Unknown') {
      if (id === undefined) record.displayMessages = []
      for (const each of id ?? []) undisplayed(record, each)
    } else if (id === undefined) {
      record.displayReport = { requestId, ids: [] }
    }
    domain.stations.save(record)
  },
  /** Unknown: it has gone by itself. */
  ClearDisplayMessage({ id }, { status }, { station: { record }, domain }) {
    if (status === 'Rejected') return
    undisplayed(record, id)
    domain.stations.save(record)
  },
}
