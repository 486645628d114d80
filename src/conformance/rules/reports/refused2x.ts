import type { Memory } from '../memory/memory.ts'
import type { Objection, Rule } from '../rule.ts'
import { csms, type Passage, station } from '../sequence.ts'
import { noon } from '../shown.ts'

interface Part {
  readonly requestId: number
}

const objectionTo =
  (kind: string) =>
  ({ requestId }: Part, { reports }: Memory): Objection =>
    reports.get(`${kind} ${requestId}`)?.refused
      ? `a part of ${requestId} came, which the station did not accept`
      : undefined

const asked = (status: string): Passage =>
  csms('GetBaseReport', { requestId: 5, reportBase: 'SummaryInventory' }, { status })
const part: Passage = station('NotifyReport', { requestId: 5, generatedAt: noon, seqNo: 0 }, {})

export const reportRefused2x: Rule = {
  id: 'REPORT_REFUSED',
  title: 'what a station does not accept to report it does not report',
  clause: '2.0.1 B07.FR.02, B08.FR.02, B08.FR.15, N02.FR.02',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      NotifyReport: { asked: objectionTo('NotifyReport') },
      NotifyMonitoringReport: { asked: objectionTo('NotifyMonitoringReport') },
    },
    breaks: [asked('NotSupported'), part],
    nearly: [asked('Rejected'), asked('Accepted'), part],
  },
}
