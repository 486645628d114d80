import type { Station } from '../../domain/station.ts'
import type { Division } from '../../gateway/division.ts'

/**
 * A report that is asked for in several CALLs. All have the requestId of the whole, so each waits
 * until what the one before asked for has come.
 *
 * @param report the action that brings it
 */
export function dividedReport(
  station: Station,
  report: string,
  request: object,
  parts: readonly object[],
): Division {
  const requestId = 'requestId' in request ? Number(request.requestId) : 0
  const { dividedReports: reports } = station
  reports.begin(report, requestId, parts.length)
  return {
    parts,
    ready(answered, answer) {
      if (isAccepted(answer)) return reports.until(report, requestId, answered)
      // Nothing of this part will come.
      reports.ended(report, requestId)
      return undefined
    },
    joined(answers) {
      const last = answers.at(-1) ?? {}
      if (!isAccepted(last) && reports.ended(report, requestId)) {
        const known = station.reports.get(requestId)
        if (known && report === 'NotifyReport') known.complete = true
      }
      return answers.find(isAccepted) ?? last
    },
    abandoned: () => reports.abandon(report, requestId),
  }
}

function isAccepted(answer: object): boolean {
  return 'status' in answer && answer.status === 'Accepted'
}
