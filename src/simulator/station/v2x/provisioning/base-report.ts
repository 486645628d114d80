import type { NotifyReportRequest, ReportDataType } from 'typed-ocpp/dist/ocpp20/types.js'
import type { StationServices } from '../../behaviour.ts'

/** The NotifyReports of one report: pages numbered from 0, all but the last to be continued. */
export function reportPages(
  requestId: number,
  entries: readonly ReportDataType[],
  itemsPerMessage: number,
  generatedAt: string,
): NotifyReportRequest[] {
  const pages: NotifyReportRequest[] = []
  for (let from = 0; from === 0 || from < entries.length; from += itemsPerMessage) {
    const reportData = entries.slice(from, from + itemsPerMessage)
    pages.push({
      requestId,
      generatedAt,
      seqNo: pages.length,
      tbc: from + itemsPerMessage < entries.length,
      ...(reportData.length > 0 && { reportData }),
    })
  }
  return pages
}

/** Sends the pages in order, each after the answer to the one before; stops when one is lost. */
export async function sendReport(
  station: StationServices,
  pages: readonly NotifyReportRequest[],
): Promise<void> {
  for (const page of pages) {
    const outcome = await station.request('NotifyReport', page, { triggered: true })
    if (outcome.kind === 'lost' || outcome.kind === 'unsent') return
  }
}
