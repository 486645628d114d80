import type { Objection, Rule } from '../rule.ts'
import { csms, station } from '../sequence.ts'
import { event2x, meter16, noon } from '../shown.ts'

/** As it was told with an offset, which any schema demands. */
function objection(dateTime: string | undefined): Objection {
  if (dateTime === undefined) return undefined
  const last = dateTime.charCodeAt(dateTime.length - 1)
  return last === zulu || last === smallZulu ? undefined : `a time is told as ${dateTime}`
}

const [zulu, smallZulu] = [0x5a, 0x7a]

interface Stamped {
  readonly timestamp?: string
}
interface Generated {
  readonly generatedAt: string
}
interface Telling {
  readonly currentTime: string
}

const stamped = { asked: ({ timestamp }: Stamped) => objection(timestamp) }
const generated = { asked: ({ generatedAt }: Generated) => objection(generatedAt) }
const told = { answered: (_request: object, { currentTime }: Telling) => objection(currentTime) }
const ofSamples = {
  asked: ({ meterValue }: { readonly meterValue: readonly Stamped[] }) =>
    objection(meterValue[0]?.timestamp),
}

const heartbeat = (currentTime: string) => station('Heartbeat', {}, { currentTime })

export const notUtc: Rule = {
  id: 'TIME_NOT_UTC',
  title: 'times are told in UTC, with a Z',
  clause: '1.6 3.14, 2.0.1 Part 2 3.1',
  judges: 'both',
  in16: {
    level: 'SHOULD',
    looks: {
      BootNotification: told,
      Heartbeat: told,
      StatusNotification: stamped,
      StartTransaction: stamped,
      StopTransaction: stamped,
      MeterValues: ofSamples,
      SecurityEventNotification: stamped,
      ReserveNow: { asked: ({ expiryDate }) => objection(expiryDate) },
    },
    breaks: [meter16('2026-05-01T14:00:00+02:00', 1000)],
    nearly: [
      csms(
        'ReserveNow',
        { connectorId: 1, expiryDate: noon, idTag: 'TAG', reservationId: 1 },
        { status: 'Accepted' },
      ),
      meter16('2026-05-01T12:00:00.000Z', 1000),
    ],
  },
  in2x: {
    level: 'SHOULD',
    looks: {
      BootNotification: told,
      Heartbeat: told,
      StatusNotification: stamped,
      TransactionEvent: stamped,
      MeterValues: ofSamples,
      NotifyEvent: generated,
      NotifyReport: generated,
      NotifyMonitoringReport: generated,
      SecurityEventNotification: stamped,
      ReserveNow: { asked: ({ expiryDateTime }) => objection(expiryDateTime) },
    },
    breaks: [event2x('Started', 0, { timestamp: '2026-05-01T14:00:00+02:00' })],
    nearly: [heartbeat(noon), event2x('Started', 0)],
  },
}
