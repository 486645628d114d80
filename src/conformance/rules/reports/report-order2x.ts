import type { Memory } from '../memory/memory.ts'
import type { Objection, Rule } from '../rule.ts'
import { csms, type Passage, station } from '../sequence.ts'
import { noon } from '../shown.ts'

interface Part {
  readonly requestId: number
  readonly seqNo: number
}

const objectionTo =
  (kind: string) =>
  ({ requestId, seqNo }: Part, { reports }: Memory): Objection => {
    const report = reports.get(`${kind} ${requestId}`)
    // What was asked on another connection may have begun there.
    if (!report) return undefined
    if (report.finished) return `part ${seqNo} of ${requestId} came after the last`
    return seqNo === report.seqNo + 1
      ? undefined
      : `part ${seqNo} of ${requestId} came where ${report.seqNo + 1} is due`
  }

const asked: Passage = csms(
  'GetBaseReport',
  { requestId: 5, reportBase: 'FullInventory' },
  { status: 'Accepted' },
)

const part = (seqNo: number, tbc?: boolean): Passage =>
  station(
    'NotifyReport',
    { requestId: 5, generatedAt: noon, seqNo, ...(tbc !== undefined && { tbc }) },
    {},
  )

export const reportOrder2x: Rule = {
  id: 'REPORT_ORDER',
  title: 'the parts of a report are counted from 0, none is left out, none follows the last',
  clause: '2.0.1 B07.FR.10, B08.FR.14, N02.FR.09',
  judges: 'station',
  in2x: {
    level: 'MUST',
    looks: {
      NotifyReport: { asked: objectionTo('NotifyReport') },
      NotifyMonitoringReport: { asked: objectionTo('NotifyMonitoringReport') },
      NotifyCustomerInformation: { asked: objectionTo('NotifyCustomerInformation') },
    },
    breaks: [asked, part(0, true), part(2)],
    nearly: [part(4, true), asked, part(0, true), part(1), asked, part(0)],
  },
}
