import { showCount, showCountOf, showMs, showSeconds } from './figures.ts'
import type { Report } from './result.ts'
import type { TimelineMark } from './run-facts.ts'
import { bullet, type Page } from './summary-page.ts'

/** More marks than this are for the report's page. */
const mostMarks = 12

/** What came over the stations in the course of the day, and how long they took to come back. */
export function timelineLines({ timeline = [] }: Report, page: Page): string[] {
  const { style } = page
  const shown = timeline.slice(0, mostMarks)
  const lines = shown.flatMap((mark) =>
    bullet(style.dim('–'), `${showSeconds(mark.atSecond)}  ${mark.label}${aftermath(mark)}`, page),
  )
  const more = timeline.length - shown.length
  if (more > 0) lines.push(...bullet(' ', `and ${showCount(more)} more in the report`, page))
  return lines.length === 0 ? [] : [`  ${style.dim('timeline')}`, ...lines]
}

function aftermath({ brokenOff = 0, undone = {}, stations, backMs, allBackSeconds }: TimelineMark) {
  const parts: string[] = []
  if (brokenOff > 0) parts.push(`${showCountOf(brokenOff, 'session')} broken off`)
  const without = Object.values(undone).reduce((sum, times) => sum + times, 0)
  if (without > 0) parts.push(`not done on ${showCountOf(without, 'station')}`)
  if (backMs) {
    parts.push(
      allBackSeconds === null || allBackSeconds === undefined
        ? `${showCountOf(stations ?? 0, 'station')} accepted again, not all`
        : `all ${showCountOf(stations ?? 0, 'station')} accepted again after ${showMs(allBackSeconds * 1000)}`,
    )
    if (backMs.p50 !== null) parts.push(`p50 ${showMs(backMs.p50)}`)
    if (backMs.p95 !== null) parts.push(`p95 ${showMs(backMs.p95)}`)
  }
  return parts.length === 0 ? '' : ` – ${parts.join(', ')}`
}
