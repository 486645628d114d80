import { type ArrivalKind, ArrivalWindow } from './arrival-stats.ts'
import { CommandStats } from './command-stats.ts'
import { type ExchangeKey, ExchangeWindow } from './exchange-stats.ts'
import { LatencyHistogram } from './latency-histogram.ts'
import type { Phase } from './phase.ts'
import type { Snapshot } from './snapshot.ts'
import { type StationKey, StationWindow } from './station-stats.ts'

/** Which part of the counts is meant; what is left out selects everything. */
export interface Selection {
  readonly action?: string
  readonly version?: string
  readonly fleet?: string
}

function sameStations(selection: Selection, tagged: StationKey): boolean {
  return (
    (selection.fleet === undefined || selection.fleet === tagged.fleet) &&
    (selection.version === undefined || selection.version === tagged.version)
  )
}

function matches(selection: Selection, tagged: ExchangeKey): boolean {
  return (
    sameStations(selection, tagged) &&
    (selection.action === undefined || selection.action === tagged.action)
  )
}

/** Station-initiated exchanges of these windows, added up. */
export function selectExchanges(
  snapshot: Snapshot,
  selection: Selection,
  chosen: readonly Phase[],
): ExchangeWindow {
  const total = new ExchangeWindow()
  for (const stats of snapshot.exchanges) {
    if (!matches(selection, stats)) continue
    for (const phase of chosen) {
      const window = stats.windows[phase]
      if (window) total.absorb(window)
    }
  }
  return total
}

/** Connects, boots and messages of these windows, added up. Actions do not tell stations apart. */
export function selectStations(
  snapshot: Snapshot,
  selection: Selection,
  chosen: readonly Phase[],
): StationWindow {
  const total = new StationWindow()
  for (const stats of snapshot.stations) {
    if (!sameStations(selection, stats)) continue
    for (const phase of chosen) {
      const window = stats.windows[phase]
      if (window) total.absorb(window)
    }
  }
  return total
}

/** Sessions or commands that were due in these windows, added up. Sessions have no action. */
export function selectArrivals(
  snapshot: Snapshot,
  kind: ArrivalKind,
  selection: Selection,
  chosen: readonly Phase[],
): ArrivalWindow {
  const total = new ArrivalWindow()
  for (const stats of snapshot.arrivals) {
    if (stats.kind !== kind || !matches(selection, stats)) continue
    for (const phase of chosen) {
      const window = stats.windows[phase]
      if (window) total.absorb(window)
    }
  }
  return total
}

/** CSMS-initiated commands over the whole run, added up. */
export function selectCommands(snapshot: Snapshot, selection: Selection): CommandStats {
  const total = new CommandStats({ fleet: '', version: '', action: '' })
  for (const stats of snapshot.commands) if (matches(selection, stats)) total.absorb(stats)
  return total
}

/** Told to answered, for the commands of these windows. */
export function selectCommandTimes(
  snapshot: Snapshot,
  selection: Selection,
  chosen: readonly Phase[],
): LatencyHistogram {
  const total = new LatencyHistogram()
  for (const stats of snapshot.commands) {
    if (!matches(selection, stats)) continue
    for (const phase of chosen) {
      const time = stats.times[phase]
      if (time) total.addEncoded(time)
    }
  }
  return total
}
