import type { ExchangeWindow } from '../metrics/exchange-stats.ts'
import { type LatencySummary, summarise } from '../metrics/latency-summary.ts'
import { type Phase, phases } from '../metrics/phase.ts'
import {
  type Selection,
  selectCommands,
  selectCommandTimes,
  selectExchanges,
} from '../metrics/selection.ts'
import type { Snapshot } from '../metrics/snapshot.ts'
import { perSecond } from './figures.ts'
import type { ActionNumbers, ActionReport, CommandReport, ExchangeCountsReport } from './result.ts'

/** The counts of the whole run, and the windows that rates and percentiles cover. */
export interface Counted {
  readonly snapshot: Snapshot
  readonly headline: readonly Phase[]
  readonly headlineSeconds: number
  /** A worker died: the CALLs it left open count as lost, so that the books add up. */
  readonly foldOpen: boolean
}

/** Everything there is to say of the selected exchanges. */
export interface ExchangeNumbers extends ActionNumbers {
  readonly responseTimeAllMs: LatencySummary
  readonly headline: ExchangeWindow
}

/** Counts over the whole run; rates and percentiles over the headline windows. */
export function exchangeNumbers(counted: Counted, selection: Selection): ExchangeNumbers {
  const { snapshot, headline } = counted
  const run = selectExchanges(snapshot, selection, phases)
  const window = selectExchanges(snapshot, selection, headline)
  const open = counted.foldOpen ? startedOf(snapshot, selection) - run.settled : 0
  const exchanges = countsOf(run, Math.max(0, open), window, counted.headlineSeconds)
  return {
    messages: {
      sent: exchanges.started + sendsOf(snapshot, selection),
      received: run.completed + run.callErrors,
    },
    exchanges,
    responseTimeMs: summarise(window.response),
    responseTimeAllMs: summarise(window.all),
    serviceTimeMs: summarise(window.service),
    headline: window,
  }
}

function countsOf(
  run: ExchangeWindow,
  open: number,
  window: ExchangeWindow,
  headlineSeconds: number,
): ExchangeCountsReport {
  const { completed, invalid, callErrors, timeouts, unfinished, scheduled } = run
  const lost = run.lost + open
  return {
    started: completed + callErrors + timeouts + lost + unfinished,
    completed,
    invalid,
    callErrors,
    timeouts,
    lost,
    unfinished,
    dropped: run.dropped + run.unsent,
    scheduled,
    perSecond: perSecond(window.achieved, headlineSeconds),
  }
}

function startedOf(snapshot: Snapshot, selection: Selection): number {
  return sumOver(snapshot, selection, (stats) => stats.started)
}

function sendsOf(snapshot: Snapshot, selection: Selection): number {
  return sumOver(snapshot, selection, (stats) => stats.sends)
}

function sumOver(
  snapshot: Snapshot,
  { action, version }: Selection,
  count: (stats: Snapshot['exchanges'][number]) => number,
): number {
  let sum = 0
  for (const stats of snapshot.exchanges) {
    if (action !== undefined && stats.action !== action) continue
    if (version !== undefined && stats.version !== version) continue
    sum += count(stats)
  }
  return sum
}

/** Station-initiated actions, each with its versions. */
export function actionReports(counted: Counted): Record<string, ActionReport> {
  const reports: Record<string, ActionReport> = {}
  for (const action of namesOf(counted.snapshot.exchanges.map((stats) => stats.action))) {
    const versions = counted.snapshot.exchanges
      .filter((stats) => stats.action === action)
      .map((stats) => stats.version)
    const byVersion: Record<string, ActionNumbers> = {}
    for (const version of namesOf(versions)) {
      byVersion[version] = actionNumbers(exchangeNumbers(counted, { action, version }))
    }
    reports[action] = { ...actionNumbers(exchangeNumbers(counted, { action })), byVersion }
  }
  return reports
}

function actionNumbers(numbers: ExchangeNumbers): ActionNumbers {
  const { messages, exchanges, responseTimeMs, serviceTimeMs } = numbers
  return { messages, exchanges, responseTimeMs, serviceTimeMs }
}

/** CSMS-initiated actions. */
export function commandReports(counted: Counted): Record<string, CommandReport> {
  const { snapshot, headline } = counted
  const reports: Record<string, CommandReport> = {}
  for (const action of namesOf(snapshot.commands.map((stats) => stats.action))) {
    const total = selectCommands(snapshot, { action })
    const { received, answered, callErrors, unanswered, failed } = total
    reports[action] = {
      messages: { sent: answered + callErrors, received },
      exchanges: { started: received, completed: answered, callErrors, unanswered },
      failed,
      commandTimeMs: summarise(selectCommandTimes(snapshot, { action }, headline)),
    }
  }
  return reports
}

function namesOf(names: readonly string[]): string[] {
  return [...new Set(names)].sort()
}
