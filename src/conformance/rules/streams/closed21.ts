import type { Rule } from '../rule.ts'
import { station } from '../sequence.ts'
import { openStream, streamed } from './shown.ts'

const close = station('ClosePeriodicEventStream', { id: 4 }, {})

export const streamClosed21: Rule = {
  id: 'STREAM_CLOSED',
  title: 'values are sent only in streams that the CSMS agreed to and that are not closed',
  clause: '2.1 N11.FR.07, N13.FR.03',
  judges: 'station',
  in21: {
    level: 'MUST',
    looks: {
      NotifyPeriodicEventStream: {
        // One that is not known may be open since another connection.
        asked: ({ id }, { streams }) =>
          streams.get(id)?.open === false
            ? `values came in stream ${id}, which is closed or was rejected`
            : undefined,
      },
    },
    breaks: [openStream(), streamed(0), close, streamed(0)],
    nearly: [streamed(0), openStream(), streamed(0, 10), close, openStream(), streamed(0)],
  },
}
