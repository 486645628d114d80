import type { LatencySummary } from '../../../metrics/latency-summary.ts'
import { showBytes, showCount, showCountOf, showMs, showSeconds, showShare } from '../../figures.ts'
import { type Html, html } from '../html.ts'
import { type StoredReport, windowName, windowsOf } from '../stored-report.ts'
import { term } from './definitions.ts'
import { type Fact, facts } from './facts.ts'
import type { Section } from './section.ts'

/** What ran, how it adds up, and where. */
export function runAndEnvironment(report: StoredReport): Section {
  const body = html`<div class="pair">
<div><h3>Run</h3>${facts(runFacts(report))}</div>
<div><h3>Environment</h3>${facts(environmentFacts(report))}</div>
</div>`
  return { id: 'run', title: 'Run and environment', body }
}

function runFacts(report: StoredReport): Fact[] {
  const { scenario, messages, fleets, runId } = report
  return [
    [
      'Fleets',
      fleets
        .map(({ name, version, count }) => `${name}: ${showCount(count)} × ${version}`)
        .join(', ') || 'none',
    ],
    [term('window', 'Windows'), windowsText(report)],
    [
      'Load',
      html`${term(report.model === 'closed' ? 'closed model' : 'open model', modelNames[report.model])}`,
    ],
    ['Exchanges', conservation(report)],
    ['Other answers', strayText(report)],
    ['Messages', `${showCount(messages.sent)} sent, ${showCount(messages.received)} received`],
    [
      'Scenario',
      html`<code>${scenario.file}</code>, seed ${scenario.seed}, speed ${scenario.speed}`,
    ],
    ['SHA-256 of it', html`<code class="long">${scenario.hash}</code>`],
    ['Run id', html`<code>${runId}</code> begins every message id`],
  ]
}

const modelNames: Readonly<Record<StoredReport['model'], string>> = {
  open: 'open model',
  closed: 'closed model',
  mixed: 'open and closed model',
}

function windowsText(report: StoredReport): string {
  const { window } = report
  const parts = windowsOf(report).map(
    ({ phase, from, to }) => `${windowName(phase)} ${showSeconds(to - from)}`,
  )
  const covers =
    window.headline === 'steady' ? 'rates and times cover steady' : 'figures cover the whole run'
  return `${parts.length > 0 ? parts.join(' + ') : showSeconds(window.totalSeconds)}; ${covers}`
}

/** started = completed + callErrors + timeouts + lost + unfinished, written out. */
function conservation({ exchanges }: StoredReport): Html {
  const { started, completed, callErrors, timeouts, lost, unfinished } = exchanges
  return html`${showCount(started)} started = ${showCount(completed)} completed + ${showCountOf(callErrors, 'CALLERROR')} + ${showCountOf(timeouts, 'timeout')} + ${showCount(lost)} ${term('lost')} + ${showCount(unfinished)} ${term('unfinished')}`
}

function strayText({
  exchanges: { late, unsolicited, duplicates, resultErrors },
}: StoredReport): Html {
  return html`${showCount(late)} ${term('late')}, ${showCount(unsolicited)} unsolicited, ${showCountOf(duplicates, 'duplicate')}, ${showCountOf(resultErrors, 'CALLRESULTERROR')}`
}

function environmentFacts({ environment, generator, target }: StoredReport): Fact[] {
  const { os, cpu, cores, memoryBytes, coLocated, openFilesLimit } = environment
  const machine = `${cpu}, ${showCountOf(cores, 'core')}, ${showBytes(memoryBytes)}`
  const files = openFilesLimit === null ? 'no known limit of' : showCount(openFilesLimit)
  const timers = `timers of ${showMs(environment.timerGranularityMs)}`
  return [
    ['Generator', generatorText(generator)],
    [term('generator lag', 'Generator lag'), timesText(generator.lagMs)],
    [term('gate wait', 'Gate wait'), timesText(generator.gateWaitMs)],
    ['Target', targetText(target)],
    ['Machine', html`${machine}${coLocated ? html`, ${term('co-located')}` : ''}`],
    ['System', `${os}, ${files} open files, ${timers}`],
    ['Software', `csms ${environment.csmsVersion}, Node.js ${environment.nodeVersion}`],
  ]
}

function generatorText({ workers, cpuShare, maxRssBytes }: StoredReport['generator']): string {
  const { mean, max } = cpuShare
  if (workers === 0) return 'no worker ran'
  const used =
    mean === null
      ? 'CPU was not sampled'
      : `CPU ${showShare(mean)} of a core, ${showShare(max)} in the busiest 10 s of a worker`
  return `${showCountOf(workers, 'worker')}, ${used}, ${showBytes(maxRssBytes)} at most`
}

function timesText({ count, p50, p99, max }: LatencySummary): string {
  if (count === 0) return 'nothing was scheduled'
  return `p50 ${showMs(p50)}, p99 ${showMs(p99)}, at most ${showMs(max)}`
}

function targetText({ url, embedded, cpuShare, maxRssBytes }: StoredReport['target']): string {
  if (!embedded) return url
  if (cpuShare === null || maxRssBytes === null) return 'the embedded CSMS'
  return `the embedded CSMS: CPU ${showShare(cpuShare)} of a core, ${showBytes(maxRssBytes)} at most`
}
