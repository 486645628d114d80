import { showBareMs, showNumber, showRate, showShare } from '../../figures.ts'
import type { FindMaxReport, ProbeReport } from '../../result.ts'
import { probeVerdict } from '../../summary-find-max.ts'
import { findMaxChart } from '../find-max-chart.ts'
import { type Html, html, nothing } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import { chartFigure } from './charts.ts'
import type { Section } from './section.ts'
import { type RowGroup, table } from './table.ts'

/** The highest rate that held, and every rate tried on the way. */
export function findMax({ findMax: found }: StoredReport): Section | undefined {
  if (!found) return undefined
  const chart = findMaxChart(found)
  const body = html`${conclusion(found)}
${chart ? html`<div class="charts">${chartFigure(chart)}</div>` : nothing}
${table({
  caption: 'Every rate tried',
  columns: [
    { label: 'offered/s' },
    { label: 'Result' },
    { label: 'achieved/s', figures: true },
    { label: 'p50 ms', figures: true },
    { label: 'p95 ms', figures: true },
    { label: 'p99 ms', figures: true },
    { label: 'errors', figures: true },
    { label: 'backlog growth/s', figures: true },
    { label: 'lag p99 ms', figures: true },
    { label: 'worker CPU', figures: true },
    { label: 'Why it broke' },
  ],
  groups: found.probes.map(probeRow),
})}`
  return { id: 'find-max', title: 'Highest rate', body }
}

const limits = {
  generator: 'the generator',
  target: 'the target',
  threshold: 'a threshold',
} as const

function conclusion({ sustainedPerSecond, limitedBy, brokeFirst }: FindMaxReport): Html {
  const rate =
    sustainedPerSecond === null
      ? html`Not even the lowest rate held.`
      : html`<b>${showRate(sustainedPerSecond)}</b> exchanges held.`
  const limit = limitedBy === null ? nothing : html` The limit was ${limits[limitedBy]}.`
  const first = brokeFirst === null ? nothing : html` What broke first: ${brokeFirst}.`
  return html`<p class="conclusion">${rate}${limit}${first}</p>`
}

function probeRow(probe: ProbeReport): RowGroup {
  const held = probe.verdict === 'held'
  return {
    ...(!held && { tone: 'bad' as const }),
    cells: [
      bare(probe.offeredPerSecond),
      held
        ? html`<span class="state good">✓ ${probeVerdict(probe)}</span>`
        : html`<span class="state bad">✗ ${probeVerdict(probe)}</span>`,
      bare(probe.achievedPerSecond),
      showBareMs(probe.p50),
      showBareMs(probe.p95),
      showBareMs(probe.p99),
      `${showNumber(probe.errors * 100)} %`,
      showNumber(probe.backlogSlope),
      showBareMs(probe.generatorLagP99),
      showShare(probe.cpu),
      whyItBroke(probe.reasons),
    ],
  }
}

/** What broke first; the rest, which mostly follows from it, on demand. */
function whyItBroke([first, ...others]: readonly string[]): Html {
  if (first === undefined) return nothing
  if (others.length === 0) return html`${first}`
  const rest = others.map((reason) => html`<li>${reason}</li>`)
  return html`${first}<details><summary>and ${others.length} more</summary><ul>${rest}</ul></details>`
}

function bare(rate: number): string {
  return showRate(rate).replace('/s', '')
}
