import {
  showBytes,
  showCount,
  showCountOf,
  showEnergy,
  showMs,
  showRate,
  showSeconds,
  showShare,
} from './figures.ts'
import type { Report, Verdict } from './result.ts'
import { plainStyle, type Style } from './style.ts'
import { findMaxLines } from './summary-find-max.ts'
import { booksLines, thresholdLines, violationLines, warningLines } from './summary-findings.ts'
import { bullet, fact, type Page } from './summary-page.ts'
import { arrivalLines, commandLines, latencyLines } from './summary-tables.ts'
import { timelineLines } from './summary-timeline.ts'

export interface SummaryOptions {
  /** Columns; at least 80. */
  readonly width?: number
  readonly style?: Style
  /** Where the report was written, as people may type it. */
  readonly folder?: string
}

/** A run on one screen: what ran, verdict and why first, then the numbers they rest on. */
export function summary(report: Report, options: SummaryOptions = {}): string {
  const page: Page = {
    width: Math.max(80, Math.min(options.width ?? 80, 120)),
    style: options.style ?? plainStyle,
    folder: options.folder,
  }
  const sections = [
    headLines(report, page),
    factLines(report, page),
    findMaxLines(report, page),
    timelineLines(report, page),
    latencyLines(report, page),
    arrivalLines(report, page),
    commandLines(report, page),
    thresholdLines(report, page),
    violationLines(report, page),
    booksLines(report, page),
    warningLines(report, page),
    footLines(report, page),
  ]
  const lines = sections
    .filter((section) => section.length > 0)
    .flatMap((section) => ['', ...section])
  return `${lines.join('\n')}\n`
}

const verdictMarks: Readonly<Record<Verdict, string>> = {
  pass: '✓ PASS',
  fail: '✗ FAIL',
  invalid: '! INVALID',
  aborted: '! ABORTED',
}

const shownReasons = 6

function headLines(report: Report, page: Page): string[] {
  const { scenario, target, verdict, exitCode } = report
  const { style } = page
  const colour = { pass: style.green, fail: style.red, invalid: style.yellow }
  const paint = verdict === 'aborted' ? style.yellow : colour[verdict]
  const code = exitCode === 0 ? '' : style.dim(`  exit ${exitCode}`)
  const pace = scenario.speed === 1 ? '' : `, speed ${scenario.speed}`
  const against = target.embedded ? 'the embedded CSMS' : target.url
  const shown = verdict === 'pass' ? [proofText(report)] : report.reasons.slice(0, shownReasons)
  const more = report.reasons.length - shownReasons
  if (more > 0) shown.push(`and ${showCountOf(more, 'more reason')}, in the report`)
  return [
    `${style.bold(paint(verdictMarks[verdict]))}  ${style.bold(scenario.name)}${code}`,
    ...shown.flatMap((reason) => bullet(paint('-'), reason, page)),
    style.dim(`  ${scenario.file} against ${against}, seed ${scenario.seed}${pace}`),
  ]
}

/** What a pass rests on. */
export function proofText({
  scripts,
  thresholds,
  books,
  violations,
  exchanges,
}: Pick<Report, 'scripts' | 'thresholds' | 'books' | 'violations' | 'exchanges'>): string {
  const parts = [`${showCountOf(exchanges.completed, 'exchange')} completed`]
  if (scripts.completed > 0) parts.push(`${showCountOf(scripts.completed, 'script')} done`)
  if (thresholds.length > 0) parts.push(`${showCountOf(thresholds.length, 'threshold')} held`)
  if (books.compared > 0) parts.push('the books balance')
  if (violations.total === 0) parts.push('no rule broken')
  return parts.join(', ')
}

function factLines(report: Report, page: Page): string[] {
  const { scripts, transactions, messages, exchanges } = report
  const ends = `${showCount(scripts.completed)} completed, ${showCount(scripts.failed)} failed${
    scripts.cutOff ? `, ${showCount(scripts.cutOff)} cut off` : ''
  }`
  const ways = `${showCount(messages.sent)} sent, ${showCount(messages.received)} received`
  return [
    ...fact('stations', stationsText(report), page),
    ...fact('window', windowText(report), page),
    ...fact('load', modelTexts[report.model], page),
    ...(scripts.completed + scripts.failed + (scripts.cutOff ?? 0) > 0
      ? fact('scripts', ends, page)
      : []),
    ...(transactions.started > 0 ? fact('transactions', transactionsText(report), page) : []),
    ...fact('exchanges', `${showRate(exchanges.perSecond)}, ${exchangesText(report)}`, page),
    ...fact('messages', `${showRate(messages.perSecond)}, ${ways}`, page),
  ]
}

function stationsText({ stations, fleets }: Report): string {
  const { requested, accepted, connected, reconnects, allAcceptedSeconds } = stations
  const within = allAcceptedSeconds === null ? '' : ` within ${showSeconds(allAcceptedSeconds)}`
  const head = `${showCount(accepted)} of ${showCount(requested)} accepted${within}`
  const parts = [`${head} (${mixText(fleets)})`]
  if (connected !== accepted) parts.push(`${showCount(connected)} connected`)
  const failures = Object.entries(stations.connectFailures)
  for (const [kind, times] of failures) parts.push(`${showCount(times)} x ${kind}`)
  if (stations.lost) parts.push(`${showCount(stations.lost)} lost with a worker`)
  if (reconnects > 0) parts.push(showCountOf(reconnects, 'reconnect'))
  parts.push(...tlsTexts(stations))
  return parts.join(', ')
}

/** `TLS handshakes p50 4.1 ms, p99 9.8 ms (20 of 30 resumed)`; of few only the longest. */
function tlsTexts({ tlsTimeMs, tlsResumed = 0 }: Report['stations']): string[] {
  if (!tlsTimeMs) return []
  const { count, p50, p95, p99, max } = tlsTimeMs
  const slow = p99 === null ? `p95 ${showMs(p95)}` : `p99 ${showMs(p99)}`
  const times = p95 === null ? `${showMs(max)} at most` : `p50 ${showMs(p50)}, ${slow}`
  const resumed = tlsResumed > 0 ? ` (${showCount(tlsResumed)} of ${showCount(count)} resumed)` : ''
  return [`TLS handshakes ${times}${resumed}`]
}

/** `5 ocpp1.6, 5 ocpp2.0.1` */
function mixText(fleets: Report['fleets']): string {
  const counts = new Map<string, number>()
  for (const { version, count } of fleets) counts.set(version, (counts.get(version) ?? 0) + count)
  return [...counts].map(([version, count]) => `${showCount(count)} ${version}`).join(', ')
}

function windowText({ window, sustained, findMax }: Report): string {
  const total = showSeconds(window.totalSeconds)
  if (window.headline === 'run') return `${total}, no steady window: figures cover the whole run`
  const { rampSeconds, warmupSeconds, steadySeconds, drainSeconds } = window
  const parts = [
    ['ramp', rampSeconds],
    [findMax ? 'search' : 'warm-up', warmupSeconds],
    ['steady', steadySeconds],
    ['drain', drainSeconds],
  ] as const
  const shown = parts
    .filter(([, seconds]) => seconds > 0)
    .map(([name, seconds]) => `${name} ${showSeconds(seconds)}`)
  const held = sustained.sustained ? ', rate sustained' : ''
  return `${shown.join(' + ')}; rates and times cover steady${held}`
}

const modelTexts: Readonly<Record<Report['model'], string>> = {
  open: 'open model: response time from the instant a CALL was due',
  closed: 'closed model: each CALL waits for the one before it',
  mixed: 'open and closed model: traffic from the instant due, steps from sent',
}

function transactionsText({ transactions, books }: Report): string {
  const { started, stopped, energyWh, lost, mismatched } = transactions
  const differences = (lost ?? 0) + (mismatched ?? 0)
  const balance = !books.checked
    ? 'books: unchecked'
    : differences === 0
      ? 'books balance'
      : `${showCount(lost ?? 0)} lost, ${showCount(mismatched ?? 0)} wrong`
  return `${showCount(started)} started, ${showCount(stopped)} stopped, ${showEnergy(energyWh)}, ${balance}`
}

function exchangesText({ exchanges }: Report): string {
  const { started, completed, invalid, callErrors, timeouts, lost, unfinished } = exchanges
  const parts = [`${showCount(completed)} of ${showCount(started)} answered`]
  const others: readonly (readonly [number, string, string])[] = [
    [invalid, 'of them invalid', 'of them invalid'],
    [callErrors, 'CALLERROR', 'CALLERRORs'],
    [timeouts, 'timeout', 'timeouts'],
    [lost, 'lost', 'lost'],
    [unfinished, 'unfinished', 'unfinished'],
    [exchanges.dropped, 'dropped', 'dropped'],
  ]
  for (const [count, one, many] of others) {
    if (count > 0) parts.push(showCountOf(count, one, many))
  }
  return parts.join(', ')
}

function footLines(report: Report, page: Page): string[] {
  const { lagMs, workers, maxRssBytes } = report.generator
  const parts = [
    ...lagText(lagMs),
    cpuText(report.generator.cpuShare),
    `${showCountOf(workers, 'worker')}, ${showBytes(maxRssBytes)}`,
    ...(report.environment.coLocated ? ['co-located'] : []),
  ]
  return [
    ...targetLine(report, page),
    ...fact('generator', parts.join(', '), page),
    ...(page.folder === undefined ? [] : fact('report', page.folder, page)),
  ]
}

/** The highest, and called so, where there are too few for a p99. */
function lagText({ count, p99, max }: Report['generator']['lagMs']): string[] {
  if (count === 0) return []
  return [p99 === null ? `lag ${showMs(max)} at most` : `lag p99 ${showMs(p99)}`]
}

/** Only the embedded management system tells what it used. */
function targetLine({ target }: Report, page: Page): string[] {
  if (target.cpuShare === null || target.maxRssBytes === null) return []
  const used = `CPU ${showShare(target.cpuShare)} of a core, ${showBytes(target.maxRssBytes)}`
  return fact('embedded CSMS', used, page)
}

function cpuText({ mean, max }: Report['generator']['cpuShare']): string {
  const peak = showShare(max) === showShare(mean) ? '' : ` (${showShare(max)} at most)`
  return `CPU ${showShare(mean)} of a core${peak}`
}
