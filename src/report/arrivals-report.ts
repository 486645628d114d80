import type { ArrivalKind } from '../metrics/arrival-stats.ts'
import { LatencyHistogram } from '../metrics/latency-histogram.ts'
import { summarise } from '../metrics/latency-summary.ts'
import { phases } from '../metrics/phase.ts'
import { selectArrivals } from '../metrics/selection.ts'
import type { Counted, ExchangeNumbers } from './action-reports.ts'
import { perSecond } from './figures.ts'
import type { ArrivalReport, ArrivalsReport } from './result.ts'

/** Sessions and commands that were due at instants of their own; undefined where there were none. */
export function arrivalsReport(counted: Counted): ArrivalsReport | undefined {
  const sessions = arrivalReport(counted, 'session')
  const commands = arrivalReport(counted, 'command')
  if (!sessions && !commands) return undefined
  return { ...(sessions && { sessions }), ...(commands && { commands }) }
}

function arrivalReport(counted: Counted, kind: ArrivalKind): ArrivalReport | undefined {
  const { begun, dropped, unbegun } = selectArrivals(counted.snapshot, kind, {}, phases)
  const due = begun + dropped + unbegun
  if (due === 0) return undefined
  const window = selectArrivals(counted.snapshot, kind, {}, counted.headline)
  return {
    due,
    begun,
    dropped,
    unbegun,
    perSecond: perSecond(window.begun, counted.headlineSeconds),
    waitMs: summarise(window.wait),
  }
}

/** The generator's own delay of everything that had an instant of its own: CALLs and arrivals. */
export function generatorLag(counted: Counted, numbers: ExchangeNumbers): LatencyHistogram {
  const lag = new LatencyHistogram()
  lag.add(numbers.headline.lag)
  lag.add(selectArrivals(counted.snapshot, 'session', {}, counted.headline).lag)
  lag.add(selectArrivals(counted.snapshot, 'command', {}, counted.headline).lag)
  return lag
}
