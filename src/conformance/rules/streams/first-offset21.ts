import type { Rule } from '../rule.ts'
import { streamed } from './shown.ts'

export const streamFirstOffset21: Rule = {
  id: 'STREAM_FIRST_OFFSET',
  title: 'the base time of a message of a stream is that of its first value',
  clause: '2.1 N15.FR.09',
  judges: 'station',
  in21: {
    level: 'MUST',
    looks: {
      NotifyPeriodicEventStream: {
        asked: ({ id, data }) => {
          const t = data[0]?.t ?? 0
          return t === 0
            ? undefined
            : `the first value of stream ${id} is ${t} s after its base time`
        },
      },
    },
    breaks: [streamed(10, 20)],
    nearly: [streamed(0, 10)],
  },
}
