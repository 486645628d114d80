import type { LatencyHistogram } from '../metrics/latency-histogram.ts'
import { phases } from '../metrics/phase.ts'
import {
  type Selection,
  selectCommandTimes,
  selectExchanges,
  selectStations,
} from '../metrics/selection.ts'
import type { Counted, ExchangeNumbers } from './action-reports.ts'
import type { ActionHistograms, ExchangeHistograms, HistogramsReport } from './result.ts'

/** Every latency counted, so that reports of several runners merge with true percentiles. */
export function histogramsReport(
  counted: Counted,
  { headline }: ExchangeNumbers,
  lag: LatencyHistogram,
): HistogramsReport {
  const { snapshot } = counted
  const stations = selectStations(snapshot, {}, phases)
  return {
    responseTime: headline.response.encode(),
    responseTimeAll: headline.all.encode(),
    serviceTime: headline.service.encode(),
    lag: lag.encode(),
    gateWait: headline.gateWait.encode(),
    connectTime: stations.connectTime.encode(),
    bootTime: stations.bootTime.encode(),
    ...(stations.tlsTime && { tlsTime: stations.tlsTime.encode() }),
    actions: byName(snapshot.exchanges, (action) => actionHistograms(counted, action)),
    commands: byName(snapshot.commands, (action) =>
      selectCommandTimes(snapshot, { action }, counted.headline).encode(),
    ),
  }
}

function actionHistograms(counted: Counted, action: string): ActionHistograms {
  const versions = counted.snapshot.exchanges
    .filter((stats) => stats.action === action)
    .map((stats) => stats.version)
  const names = [...new Set(versions)].sort()
  const all = exchangeHistograms(counted, { action })
  if (names.length === 1) return all
  const byVersion = names.map(
    (version) => [version, exchangeHistograms(counted, { action, version })] as const,
  )
  return { ...all, byVersion: Object.fromEntries(byVersion) }
}

function exchangeHistograms(counted: Counted, selection: Selection): ExchangeHistograms {
  const window = selectExchanges(counted.snapshot, selection, counted.headline)
  return { responseTime: window.response.encode(), serviceTime: window.service.encode() }
}

function byName<Value>(
  stats: readonly { readonly action: string }[],
  valueOf: (action: string) => Value,
): Record<string, Value> {
  const names = [...new Set(stats.map(({ action }) => action))].sort()
  return Object.fromEntries(names.map((name) => [name, valueOf(name)]))
}
