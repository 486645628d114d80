import { showBytes, showCount, showCountOf, showMs, showSeconds, showShare } from '../../figures.ts'
import { type Html, html } from '../html.ts'
import { type StoredReport, windowName, windowsOf } from '../stored-report.ts'
import { term } from './definitions.ts'
import { type Fact, facts } from './facts.ts'
import type { Section } from './section.ts'

/** What ran, how it adds up, and where. */
export function runSections(report: StoredReport): Section[] {
  return [
    { id: 'run', title: 'Run', body: facts(runFacts(report)) },
    { id: 'environment', title: 'Environment', body: facts(environmentFacts(report)) },
  ]
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
    ['Answers besides', strayText(report)],
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
  const covered = window.headline === 'steady' ? 'steady' : 'the whole run'
  return `${parts.length > 0 ? parts.join(' + ') : showSeconds(window.totalSeconds)}; figures cover ${covered}`
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
  const { lagMs, gateWaitMs, cpuShare, workers, maxRssBytes } = generator
  const limit = openFilesLimit === null ? 'unknown' : showCount(openFilesLimit)
  const facts: Fact[] = [
    [
      'Generator',
      `${showCountOf(workers, 'worker')}, CPU ${showShare(cpuShare.mean)} of a core (${showShare(cpuShare.max)} at most over 10 s), ${showBytes(maxRssBytes)} at most`,
    ],
    [
      term('generator lag', 'Generator lag'),
      lagMs.count === 0
        ? 'nothing was scheduled'
        : `p50 ${showMs(lagMs.p50)}, p99 ${showMs(lagMs.p99)}, at most ${showMs(lagMs.max)}`,
    ],
    [
      term('gate wait', 'Gate wait'),
      gateWaitMs.count === 0
        ? 'nothing was scheduled'
        : `p50 ${showMs(gateWaitMs.p50)}, p99 ${showMs(gateWaitMs.p99)}, at most ${showMs(gateWaitMs.max)}`,
    ],
    ['Target', targetText(target)],
    [
      'Machine',
      html`${cpu}, ${showCountOf(cores, 'core')}, ${showBytes(memoryBytes)}${coLocated ? html`, ${term('co-located')}` : ''}`,
    ],
    ['System', `${os}, ${limit} open files, timers of ${showMs(environment.timerGranularityMs)}`],
    ['Software', `csms ${environment.csmsVersion}, Node.js ${environment.nodeVersion}`],
  ]
  return facts
}

function targetText({ url, embedded, cpuShare, maxRssBytes }: StoredReport['target']): string {
  if (!embedded) return url
  if (cpuShare === null || maxRssBytes === null) return 'the embedded CSMS'
  return `the embedded CSMS: CPU ${showShare(cpuShare)} of a core, ${showBytes(maxRssBytes)} at most`
}
