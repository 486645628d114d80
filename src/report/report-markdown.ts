import type { LatencySummary } from '../metrics/latency-summary.ts'
import {
  showActual,
  showBareMs,
  showCount,
  showCountOf,
  showRate,
  showSeconds,
  showShare,
} from './figures.ts'
import { markdownTable, markdownText } from './markdown.ts'
import type { Report, Verdict } from './result.ts'
import { findMaxSentence } from './summary-find-max.ts'
import { thresholdName } from './threshold-name.ts'

export const verdictTitles: Readonly<Record<Verdict, string>> = {
  pass: '✅ PASS',
  fail: '❌ FAIL',
  invalid: '⚠️ INVALID',
  aborted: '⚠️ ABORTED',
}

/** A run for a step summary, a pull request or a wiki: GitHub's Markdown, which GitLab reads, too. */
export function reportMarkdown(report: Report): string {
  const { scenario, verdict, exitCode, reasons, warnings } = report
  const code = exitCode === 0 ? '' : ` (exit code ${exitCode})`
  const blocks = [
    [`## ${verdictTitles[verdict]} ${markdownText(scenario.name)}${code}`],
    reasons.map((reason) => `- ${markdownText(reason)}`),
    [markdownText(whatRan(report))],
    foundRate(report),
    latencyTable(report),
    commandTable(report),
    thresholdTable(report),
    violationTable(report),
    warnings.map((warning) => `- ⚠️ ${markdownText(warning)}`),
    [`<sub>${markdownText(whereItRan(report))}</sub>`],
  ]
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${shown.join('\n\n')}\n`
}

function whatRan({ scenario, target, stations, exchanges, messages, window }: Report): string {
  const where = target.embedded ? 'the embedded CSMS' : target.url
  return [
    `${scenario.file} against ${where}:`,
    `${showCount(stations.accepted)} of ${showCountOf(stations.requested, 'station')} accepted,`,
    `${showRate(exchanges.perSecond)} exchanges (${showRate(messages.perSecond)} messages),`,
    `${showCount(exchanges.completed)} of ${showCount(exchanges.started)} answered;`,
    window.headline === 'steady'
      ? `rates and times cover ${showSeconds(window.steadySeconds)} of steady.`
      : `figures cover all ${showSeconds(window.totalSeconds)}.`,
  ].join(' ')
}

function foundRate(report: Report): string[] {
  const sentence = findMaxSentence(report)
  return sentence === undefined ? [] : [markdownText(sentence)]
}

const mostActions = 20

function latencyTable(report: Report): string[] {
  const actions = Object.entries(report.actions)
    .sort(([, a], [, b]) => b.exchanges.started - a.exchanges.started)
    .slice(0, mostActions)
  if (actions.length === 0) return []
  const tls = report.stations.tlsTimeMs
  return markdownTable(
    ['times in ms', 'count', 'p50', 'p95', 'p99', 'max'],
    [
      ['response time', showCount(report.exchanges.started), ...times(report.responseTimeAllMs)],
      ['service time', '', ...times(report.serviceTimeMs)],
      ...(tls ? [['TLS handshake', showCount(tls.count), ...times(tls)]] : []),
      ...actions.map(([action, { exchanges, responseTimeMs }]) => {
        return [markdownText(action), showCount(exchanges.started), ...times(responseTimeMs)]
      }),
    ],
  )
}

function commandTable({ commands }: Report): string[] {
  const rows = Object.entries(commands)
    .sort(([, a], [, b]) => b.exchanges.started - a.exchanges.started)
    .slice(0, mostActions)
    .map(([action, { exchanges, failed, commandTimeMs }]) => {
      const { started, completed } = exchanges
      const counts = [started, started - completed, failed].map(showCount)
      const { p50, p95, max } = commandTimeMs
      return [markdownText(action), ...counts, ...[p50, p95, max].map(showBareMs)]
    })
  if (rows.length === 0) return []
  const head = ['commands, times in ms', 'received', 'no result', 'failed', 'p50', 'p95', 'max']
  return markdownTable(head, rows)
}

function times({ p50, p95, p99, max }: LatencySummary): string[] {
  return [p50, p95, p99, max].map(showBareMs)
}

function thresholdTable(report: Report): string[] {
  if (report.thresholds.length === 0) return []
  const rows = report.thresholds.map((threshold) => {
    const { actual, unit, pass } = threshold
    const sign = pass === null ? 'not judged' : pass ? '✅' : '❌'
    return [markdownText(thresholdName(threshold, report)), showActual(actual, unit), sign]
  })
  return markdownTable(['threshold', 'actual', ''], rows)
}

function violationTable({ violations }: Report): string[] {
  const rules = Object.entries(violations.byRule)
  if (rules.length === 0) return []
  const rows = rules.map(([rule, { count, level, tolerated, samples }]) => {
    const detail = samples[0] ? `${samples[0].station}: ${samples[0].detail}` : ''
    const weight = `${level}${tolerated ? ', tolerated' : ''}`
    return [`${markdownText(rule)} ${markdownText(detail)}`, weight, showCount(count)]
  })
  return markdownTable(['rule that the target broke', '', 'times'], rows)
}

function whereItRan({ runId, startedAt, generator, environment }: Report): string {
  const { csmsVersion, nodeVersion, cpu, cores, coLocated } = environment
  return [
    `run ${runId}, ${startedAt}, csms ${csmsVersion}, Node ${nodeVersion}`,
    `${cpu} (${showCountOf(cores, 'core')}), ${showCountOf(generator.workers, 'worker')}`,
    `generator CPU ${showShare(generator.cpuShare.mean)} of a core`,
    ...(coLocated ? ['target on the same machine'] : []),
  ].join(', ')
}
