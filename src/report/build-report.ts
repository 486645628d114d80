import { findDiscrepancies } from '../metrics/conservation.ts'
import { summarise } from '../metrics/latency-summary.ts'
import {
  headlinePhases,
  type Phase,
  phases,
  secondsOf,
  type WindowSeconds,
} from '../metrics/phase.ts'
import { isProbeLimit } from '../metrics/probe.ts'
import { selectStations } from '../metrics/selection.ts'
import { evaluateThreshold } from '../metrics/threshold-results.ts'
import type { TimeSpan } from '../metrics/thresholds.ts'
import type { Validity } from '../metrics/validity.ts'
import {
  actionReports,
  type Counted,
  commandReports,
  type ExchangeNumbers,
  exchangeNumbers,
} from './action-reports.ts'
import { arrivalsReport, generatorLag } from './arrivals-report.ts'
import { perSecond, rounded } from './figures.ts'
import { generatorReport, judgedSeconds, sustainedReport, validityOf } from './generator-report.ts'
import { histogramsReport } from './histograms-report.ts'
import { neverAccepted } from './missing-stations.ts'
import type {
  ExchangesReport,
  MessagesReport,
  PhaseReport,
  Report,
  ScriptsReport,
  StationsReport,
  ThresholdReport,
  TransactionsReport,
  ViolationsReport,
  WindowReport,
} from './result.ts'
import type { RunFacts } from './run-facts.ts'
import { seriesReport } from './series-report.ts'
import { targetReport } from './target-report.ts'
import { judge } from './verdict.ts'
import { isBehind, warningsOf } from './warnings.ts'

/** Makes the report of a run. Pure: the same facts give the same report, byte for byte. */
export function buildReport(facts: RunFacts): Report {
  const { seconds, headline, counted, numbers, lag, judged, validity } = survey(facts)
  const arrivals = arrivalsReport(counted)
  const scripts = scriptsReport(facts)
  const violations = violationsReport(facts)
  const thresholds = thresholdReports(facts, seconds, headline, validity)
  const window = windowReport(facts, seconds, headline)
  const judgement = judge({
    facts,
    totalSeconds: window.totalSeconds,
    discrepancies: findDiscrepancies(facts.metrics),
    validity,
    scripts,
    violations,
    thresholds,
    somethingRan: numbers.exchanges.started + scripts.completed + scripts.failed > 0,
  })
  const exchanges = exchangesReport(facts, numbers)
  const generator = generatorReport(facts, numbers, lag, judged, validity)
  return {
    schemaVersion: 1,
    runId: facts.runId,
    startedAt: facts.startedAt,
    ...judgement,
    warnings: warningsOf(facts, { exchanges, arrivals, scripts, violations, generator }, validity),
    scenario: facts.scenario,
    ...(facts.command && { command: facts.command }),
    model: facts.model,
    target: targetReport(facts, judged),
    fleets: facts.fleets,
    window,
    stations: stationsReport(facts),
    messages: messagesReport(counted),
    exchanges,
    responseTimeMs: numbers.responseTimeMs,
    responseTimeAllMs: numbers.responseTimeAllMs,
    serviceTimeMs: numbers.serviceTimeMs,
    actions: actionReports(counted),
    commands: commandReports(counted),
    ...(arrivals && { arrivals }),
    scripts,
    transactions: transactionsReport(facts),
    books: {
      checked: facts.books.checked,
      source: facts.books.source,
      compared: facts.books.compared,
      mismatches: facts.books.mismatches,
      ...(facts.books.unreadable !== undefined && { unreadable: facts.books.unreadable }),
    },
    violations,
    thresholds,
    generator,
    sustained: sustainedReport(facts, numbers, seconds, judged, validity),
    ...(facts.findMax && { findMax: facts.findMax }),
    seriesIntervalSeconds: facts.series.intervalSeconds,
    series: seriesReport(facts, window.phases),
    ...(facts.timeline && { timeline: facts.timeline }),
    histograms: histogramsReport(counted, numbers, lag),
    environment: facts.environment,
  }
}

/** Whether the generator was the limit of a run. */
export function generatorValidity(facts: RunFacts): Validity {
  return survey(facts).validity
}

/** What everything else is told from. */
function survey(facts: RunFacts) {
  const seconds = windowSeconds(facts)
  const headline = headlinePhases(seconds)
  const counted: Counted = {
    snapshot: facts.metrics,
    headline,
    headlineSeconds: secondsOf(seconds, headline),
    foldOpen: facts.workers.some(({ died }) => died !== undefined),
  }
  const numbers = exchangeNumbers(counted, {})
  const lag = generatorLag(counted, numbers)
  const judged = judgedSeconds(facts, headline)
  const validity = validityOf(facts, numbers, lag, judged)
  return { seconds, headline, counted, numbers, lag, judged, validity }
}

function windowSeconds({ windows }: RunFacts): WindowSeconds {
  const seconds = { ramp: 0, warmup: 0, steady: 0, drain: 0 }
  for (const window of windows) seconds[window.phase] += window.seconds
  return seconds
}

function thresholdReports(
  facts: RunFacts,
  windows: WindowSeconds,
  headline: readonly Phase[],
  validity: Validity,
): ThresholdReport[] {
  const within = ({ fromMs, toMs }: TimeSpan) =>
    facts.spans?.find((span) => span.fromMs === fromMs && span.toMs === toMs)
  const measured = { snapshot: facts.metrics, windows, headline, within }
  return facts.thresholds.map((plan) => {
    const result = evaluateThreshold(plan, measured)
    if (facts.findMax?.sustainedPerSecond === null && isProbeLimit(plan)) {
      return { ...result, pass: null, note: 'not judged: a limit of every probe, and no rate held' }
    }
    return result.pass && !validity.valid
      ? { ...result, pass: null, note: 'not judged: the generator was the limit' }
      : result
  })
}

function windowReport(
  { windows }: RunFacts,
  seconds: WindowSeconds,
  headline: readonly Phase[],
): WindowReport {
  const startedAt: Partial<Record<Phase, string>> = {}
  const phaseReports: PhaseReport[] = []
  let at = 0
  for (const window of windows) {
    startedAt[window.phase] ??= window.startedAt
    const atSecond = rounded(at)
    phaseReports.push({ phase: window.phase, atSecond, seconds: rounded(window.seconds) })
    at += window.seconds
  }
  return {
    rampSeconds: rounded(seconds.ramp),
    warmupSeconds: rounded(seconds.warmup),
    steadySeconds: rounded(seconds.steady),
    drainSeconds: rounded(seconds.drain),
    totalSeconds: rounded(secondsOf(seconds, phases)),
    headline: headline.length === 1 ? 'steady' : 'run',
    startedAt,
    phases: phaseReports,
  }
}

function stationsReport(facts: RunFacts): StationsReport {
  const failures: Record<string, number> = {}
  let connected = 0
  let accepted = 0
  let acceptedByMicros = 0
  let reconnects = 0
  for (const stats of facts.metrics.stations) {
    connected += stats.connected
    accepted += stats.accepted
    acceptedByMicros = Math.max(acceptedByMicros, stats.acceptedByMicros)
    reconnects += stats.reconnects
    for (const [kind, times] of Object.entries(stats.connectFailures)) {
      failures[kind] = (failures[kind] ?? 0) + times
    }
  }
  const run = selectStations(facts.metrics, {}, phases)
  const requested = facts.fleets.reduce((sum, { count }) => sum + count, 0)
  const lost = facts.workers.reduce((sum, { lostStations = 0 }) => sum + lostStations, 0)
  const missing = neverAccepted(facts)
  return {
    requested,
    connected,
    accepted,
    allAcceptedSeconds: accepted < requested ? null : rounded(acceptedByMicros / 1e6),
    peak: facts.series.peakConnected,
    reconnects,
    ...(isBehind(facts) && { rampBehindSeconds: rounded(facts.ramp.behindSeconds) }),
    ...(lost > 0 && { lost }),
    ...(missing > 0 && { neverAccepted: missing }),
    connectFailures: failures,
    connectTimeMs: summarise(run.connectTime),
    bootTimeMs: summarise(run.bootTime),
    ...(run.tlsTime && {
      tlsTimeMs: summarise(run.tlsTime),
      tlsResumed: run.tlsResumed,
    }),
  }
}

function messagesReport(counted: Counted): MessagesReport {
  const run = selectStations(counted.snapshot, {}, phases)
  const window = selectStations(counted.snapshot, {}, counted.headline)
  const inWindow = window.messagesSent + window.messagesReceived
  return {
    sent: run.messagesSent,
    received: run.messagesReceived,
    perSecond: perSecond(inWindow, counted.headlineSeconds),
  }
}

function exchangesReport({ metrics }: RunFacts, { exchanges }: ExchangeNumbers): ExchangesReport {
  const violationsOf = (rule: string): number => {
    const found = metrics.violations[rule]
    return found ? found.must + found.should : 0
  }
  return {
    ...exchanges,
    late: metrics.stations.reduce((sum, { lateAnswers }) => sum + lateAnswers, 0),
    unsolicited: violationsOf('RPC_UNSOLICITED_ANSWER'),
    duplicates: violationsOf('RPC_DUPLICATE_ANSWER'),
    resultErrors: violationsOf('RPC_RESULT_ERROR'),
  }
}

function scriptsReport({ metrics }: RunFacts): ScriptsReport {
  const reasons: Record<string, number> = {}
  let completed = 0
  let failed = 0
  let cutOff = 0
  for (const fleet of Object.values(metrics.scripts)) {
    completed += fleet.completed
    failed += fleet.failed
    cutOff += fleet.cutOff ?? 0
    for (const [reason, times] of Object.entries(fleet.reasons)) {
      reasons[reason] = (reasons[reason] ?? 0) + times
    }
  }
  const ends = { completed, failed, ...(cutOff > 0 && { cutOff }) }
  return { ...ends, reasons, byFleet: metrics.scripts }
}

function transactionsReport({ transactions, books }: RunFacts): TransactionsReport {
  return {
    started: transactions.started,
    stopped: transactions.stopped,
    energyWh: rounded(transactions.energyWh),
    undelivered: transactions.undelivered,
    lost: books.checked ? books.lost : null,
    mismatched: books.checked ? books.mismatched : null,
  }
}

function violationsReport({ metrics, tolerate }: RunFacts): ViolationsReport {
  const byRule: Record<string, ViolationsReport['byRule'][string]> = {}
  let total = 0
  for (const [rule, { must, should, samples }] of Object.entries(metrics.violations)) {
    const level = must > 0 ? 'MUST' : 'SHOULD'
    byRule[rule] = { count: must + should, level, tolerated: tolerate.includes(rule), samples }
    total += must + should
  }
  return { total, byRule }
}
