import { msOf } from '../memory/time.ts'
import type { Objection, Rule } from '../rule.ts'
import { csms } from '../sequence.ts'

function objection(oldest: string | undefined, latest: string | undefined): Objection {
  return oldest !== undefined && latest !== undefined && msOf(oldest) > msOf(latest)
    ? `a log is wanted from ${oldest} to ${latest}`
    : undefined
}

const [earlier, later] = ['2026-05-01T00:00:00Z', '2026-05-02T00:00:00Z']

const log = (oldestTimestamp: string, latestTimestamp: string) =>
  csms(
    'GetLog',
    {
      logType: 'DiagnosticsLog',
      requestId: 1,
      log: { remoteLocation: 'https://files.example/logs', oldestTimestamp, latestTimestamp },
    },
    { status: 'Accepted' },
  )

export const logRange: Rule = {
  id: 'COMMAND_LOG_RANGE',
  title: 'the log that is wanted begins before it ends',
  clause: '1.6 6.25, 2.0.1 N01',
  judges: 'csms',
  in16: {
    level: 'SHOULD',
    looks: {
      GetDiagnostics: { asked: ({ startTime, stopTime }) => objection(startTime, stopTime) },
      GetLog: {
        asked: ({ log: { oldestTimestamp, latestTimestamp } }) =>
          objection(oldestTimestamp, latestTimestamp),
      },
    },
    breaks: [
      csms(
        'GetDiagnostics',
        { location: 'ftp://files.example/', startTime: later, stopTime: earlier },
        {},
      ),
    ],
    nearly: [log(earlier, later)],
  },
  in2x: {
    level: 'SHOULD',
    looks: {
      GetLog: {
        asked: ({ log: { oldestTimestamp, latestTimestamp } }) =>
          objection(oldestTimestamp, latestTimestamp),
      },
    },
    breaks: [log(later, earlier)],
    nearly: [log(earlier, earlier)],
  },
}
