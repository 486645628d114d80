import type { CommandSnapshot } from './command-stats.ts'
import type { ExchangeSnapshot, ExchangeWindowSnapshot } from './exchange-stats.ts'
import { bucketMiddle, type EncodedHistogram } from './latency-histogram.ts'
import { type Phase, phases } from './phase.ts'
import type { Snapshot } from './snapshot.ts'
import type { StationSnapshot, StationWindowSnapshot } from './station-stats.ts'

/**
 * What was counted between two snapshots of the same recorders: everything that *ended* in between,
 * whenever it was due. Arrivals, violations and scripts are left out.
 */
export function snapshotBetween(earlier: Snapshot, later: Snapshot): Snapshot {
  const exchanges = indexed(earlier.exchanges)
  const stations = indexed(earlier.stations)
  const commands = indexed(earlier.commands)
  return {
    exchanges: later.exchanges.map((one) => exchangeBetween(exchanges.get(keyOf(one)), one)),
    stations: later.stations.map((one) => stationBetween(stations.get(keyOf(one)), one)),
    commands: later.commands.map((one) => commandBetween(commands.get(keyOf(one)), one)),
    arrivals: [],
    violations: {},
    scripts: {},
  }
}

/**
 * The same counts with a part of one phase told as another phase: what was measured while a search
 * confirmed its rate becomes the run's steady window.
 */
export function moved(all: Snapshot, part: Snapshot, from: Phase, to: Phase): Snapshot {
  const exchanges = indexed(part.exchanges)
  const stations = indexed(part.stations)
  const commands = indexed(part.commands)
  return {
    ...all,
    exchanges: all.exchanges.map((one) => ({
      ...one,
      windows: movedWindow(
        one.windows,
        exchanges.get(keyOf(one))?.windows,
        from,
        to,
        exchangeWindow,
      ),
    })),
    stations: all.stations.map((one) => ({
      ...one,
      windows: movedWindow(one.windows, stations.get(keyOf(one))?.windows, from, to, stationWindow),
    })),
    commands: all.commands.map((one) => ({
      ...one,
      times: movedWindow(one.times, commands.get(keyOf(one))?.times, from, to, histogramBetween),
    })),
  }
}

type Windows<Window> = Readonly<Partial<Record<Phase, Window>>>
type Between<Window> = (earlier: Window | undefined, later: Window) => Window

interface Tagged {
  readonly fleet: string
  readonly version: string
  readonly action?: string
}

function keyOf({ fleet, version, action = '' }: Tagged): string {
  return `${fleet}\n${version}\n${action}`
}

function indexed<Stats extends Tagged>(all: readonly Stats[]): ReadonlyMap<string, Stats> {
  return new Map(all.map((stats) => [keyOf(stats), stats]))
}

function windowsBetween<Window>(
  earlier: Windows<Window> | undefined,
  later: Windows<Window>,
  between: Between<Window>,
): Windows<Window> {
  const windows: Partial<Record<Phase, Window>> = {}
  for (const phase of phases) {
    const window = later[phase]
    if (window !== undefined) windows[phase] = between(earlier?.[phase], window)
  }
  return windows
}

function movedWindow<Window>(
  all: Windows<Window>,
  part: Windows<Window> | undefined,
  from: Phase,
  to: Phase,
  between: Between<Window>,
): Windows<Window> {
  const [whole, share] = [all[from], part?.[from]]
  if (whole === undefined || share === undefined) return all
  return { ...all, [from]: between(share, whole), [to]: share }
}

function exchangeBetween(
  earlier: ExchangeSnapshot | undefined,
  later: ExchangeSnapshot,
): ExchangeSnapshot {
  return {
    ...later,
    started: later.started - (earlier?.started ?? 0),
    sends: later.sends - (earlier?.sends ?? 0),
    windows: windowsBetween(earlier?.windows, later.windows, exchangeWindow),
  }
}

function exchangeWindow(
  earlier: ExchangeWindowSnapshot | undefined,
  later: ExchangeWindowSnapshot,
): ExchangeWindowSnapshot {
  return {
    completed: later.completed - (earlier?.completed ?? 0),
    invalid: later.invalid - (earlier?.invalid ?? 0),
    callErrors: later.callErrors - (earlier?.callErrors ?? 0),
    timeouts: later.timeouts - (earlier?.timeouts ?? 0),
    lost: later.lost - (earlier?.lost ?? 0),
    unfinished: later.unfinished - (earlier?.unfinished ?? 0),
    unsent: later.unsent - (earlier?.unsent ?? 0),
    dropped: later.dropped - (earlier?.dropped ?? 0),
    scheduled: later.scheduled - (earlier?.scheduled ?? 0),
    achieved: later.achieved - (earlier?.achieved ?? 0),
    response: histogramBetween(earlier?.response, later.response),
    failed: histogramBetween(earlier?.failed, later.failed),
    service: histogramBetween(earlier?.service, later.service),
    lag: histogramBetween(earlier?.lag, later.lag),
    gateWait: histogramBetween(earlier?.gateWait, later.gateWait),
  }
}

function stationBetween(
  earlier: StationSnapshot | undefined,
  later: StationSnapshot,
): StationSnapshot {
  return { ...later, windows: windowsBetween(earlier?.windows, later.windows, stationWindow) }
}

function stationWindow(
  earlier: StationWindowSnapshot | undefined,
  later: StationWindowSnapshot,
): StationWindowSnapshot {
  return {
    messagesSent: later.messagesSent - (earlier?.messagesSent ?? 0),
    messagesReceived: later.messagesReceived - (earlier?.messagesReceived ?? 0),
    connectTime: histogramBetween(earlier?.connectTime, later.connectTime),
    bootTime: histogramBetween(earlier?.bootTime, later.bootTime),
    ...(later.tls && {
      tls: {
        time: histogramBetween(earlier?.tls?.time, later.tls.time),
        resumed: later.tls.resumed - (earlier?.tls?.resumed ?? 0),
      },
    }),
  }
}

function commandBetween(
  earlier: CommandSnapshot | undefined,
  later: CommandSnapshot,
): CommandSnapshot {
  return {
    ...later,
    received: later.received - (earlier?.received ?? 0),
    answered: later.answered - (earlier?.answered ?? 0),
    callErrors: later.callErrors - (earlier?.callErrors ?? 0),
    unanswered: later.unanswered - (earlier?.unanswered ?? 0),
    failed: later.failed - (earlier?.failed ?? 0),
    times: windowsBetween(earlier?.times, later.times, histogramBetween),
  }
}

/**
 * The latencies recorded in between. Least and greatest are exact where they are new records, else
 * within the error of a bucket.
 */
export function histogramBetween(
  earlier: EncodedHistogram | undefined,
  later: EncodedHistogram,
): EncodedHistogram {
  if (earlier === undefined || earlier.counts.length === 0) return later
  const counts = countsBetween(earlier.counts, later.counts)
  const [lowest, highest] = [counts[0], counts[counts.length - 2]]
  if (lowest === undefined || highest === undefined) return { sum: 0, min: 0, max: 0, counts: [] }
  return {
    sum: later.sum - earlier.sum,
    min:
      later.min < earlier.min ? later.min : Math.max(later.min, Math.floor(bucketMiddle(lowest))),
    max:
      later.max > earlier.max ? later.max : Math.min(later.max, Math.ceil(bucketMiddle(highest))),
    counts,
  }
}

/** Both are pairs of bucket and count in ascending order, and no count ever falls. */
function countsBetween(earlier: readonly number[], later: readonly number[]): number[] {
  const counts: number[] = []
  let at = 0
  for (let i = 0; i + 1 < later.length; i += 2) {
    const bucket = later[i] ?? 0
    while (at < earlier.length && (earlier[at] ?? 0) < bucket) at += 2
    const before = earlier[at] === bucket ? (earlier[at + 1] ?? 0) : 0
    const count = (later[i + 1] ?? 0) - before
    if (count > 0) counts.push(bucket, count)
  }
  return counts
}
