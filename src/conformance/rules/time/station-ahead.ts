import { msOf } from '../memory/time.ts'
import type { Moment, Objection, Rule } from '../rule.ts'
import { event2x, meter16, start16 } from '../shown.ts'

/** Clocks drift and networks wait: what is wrong by a time zone, or was never set, is further off. */
const toleranceMs = 30 * 60_000

function objection(timestamp: string, { clock }: Moment): Objection {
  const aheadMs = msOf(timestamp) - clock.wallMs()
  return aheadMs > toleranceMs
    ? `the station is ${Math.round(aheadMs / 60_000)} minutes ahead: it says ${timestamp}`
    : undefined
}

interface Stamped {
  readonly timestamp: string
}

const stamped = {
  asked: ({ timestamp }: Stamped, ...[, moment]: [unknown, Moment]): Objection =>
    objection(timestamp, moment),
}

const tomorrow = '2126-05-02T12:00:00Z'

export const stationAhead: Rule = {
  id: 'TIME_STATION_AHEAD',
  title: 'a station sets its clock by the CSMS: what it tells has happened already',
  clause: '1.6 4.2, 4.6, 2.0.1 B01.FR.06, G02',
  judges: 'station',
  in16: {
    level: 'SHOULD',
    looks: { StartTransaction: stamped, StopTransaction: stamped },
    breaks: [start16({ timestamp: tomorrow })],
    nearly: [start16(), meter16('2026-05-01T12:10:00Z', 1500)],
  },
  in2x: {
    level: 'SHOULD',
    looks: { TransactionEvent: stamped },
    breaks: [event2x('Started', 0, { timestamp: tomorrow })],
    nearly: [event2x('Started', 0)],
  },
}
