import type { Rule } from '../rule.ts'
import { csms } from '../sequence.ts'
import { openStream, streamed } from './shown.ts'

const adjust = csms(
  'AdjustPeriodicEventStream',
  { id: 4, params: { interval: 60, values: 3 } },
  { status: 'Accepted' },
)

export const streamValues21: Rule = {
  id: 'STREAM_TOO_MANY_VALUES',
  title: 'a message of a stream has no more values than its parameters say',
  clause: '2.1 N15.FR.07',
  judges: 'station',
  in21: {
    level: 'MUST',
    looks: {
      NotifyPeriodicEventStream: {
        asked: ({ id, data }, { streams }) => {
          const most = streams.get(id)?.mostValues ?? 0
          return most > 0 && data.length > most
            ? `${data.length} values in one message of stream ${id}, which takes ${most}`
            : undefined
        },
      },
    },
    breaks: [openStream(), streamed(0, 10, 20)],
    nearly: [openStream(), streamed(0, 10), adjust, streamed(0, 10, 20)],
  },
}
