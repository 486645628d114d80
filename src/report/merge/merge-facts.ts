import { mergeSnapshots } from '../../metrics/merge-snapshots.ts'
import { generatorValidity } from '../build-report.ts'
import type { FleetFacts, RunFacts } from '../run-facts.ts'
import { expectOneRun } from './expect-one-run.ts'
import { mergeBooks, mergeEnds } from './merge-endings.ts'
import { mergeSeries } from './merge-series.ts'
import { mergeSpans } from './merge-spans.ts'
import { headlineBegin, mergeWindows, shifted } from './merge-windows.ts'

/** A runner's part of a run, and what people call it. */
export interface Runner {
  readonly name: string
  readonly facts: RunFacts
}

/**
 * The facts of several runners of one run as those of one: counts and histograms add, so the report
 * made of them has true percentiles, conserves, and judges thresholds over everything. The runners are
 * laid over each other so that their headline windows begin together.
 *
 * @throws CSMS_REPORTS_NOT_MERGEABLE
 */
export function mergeFacts(runners: readonly Runner[]): RunFacts {
  const first = expectOneRun(runners)
  const all = runners.map(({ facts }) => facts)
  const windows = mergeWindows(all)
  const aligned = all.map((facts) => {
    return shifted(facts, headlineBegin(windows) - headlineBegin(facts.windows))
  })
  return {
    ...first,
    runId: all.map(({ runId }) => runId).join('+'),
    startedAt: all.map(({ startedAt }) => startedAt).sort()[0] ?? first.startedAt,
    target: {
      url: [...new Set(all.map(({ target }) => target.url))].join(', '),
      embedded: all.every(({ target }) => target.embedded),
      usage: aligned.flatMap(({ target }) => target.usage),
    },
    command: undefined,
    fleets: mergeFleets(all),
    windows,
    ramp: furthestBehind(all),
    metrics: mergeSnapshots(all.map(({ metrics }) => metrics)),
    spans: mergeSpans(all),
    series: mergeSeries(aligned.map(({ series }) => series)),
    transactions: mergeTransactions(all),
    books: mergeBooks(all.map(({ books }) => books)),
    workers: mergeWorkers(runners, aligned),
    localSocketErrors: mergeCounts(all.map(({ localSocketErrors }) => localSocketErrors)),
    end: mergeEnds(all.map(({ end }) => end)),
    internalFaults: runners.flatMap(({ name, facts }) =>
      facts.internalFaults.map((fault) => `${name}: ${fault}`),
    ),
    generatorLimits: runners.flatMap(({ name, facts }) => {
      const { saturated, reasons } = generatorValidity(facts)
      return saturated ? reasons.map((reason) => `${name}: ${reason}`) : []
    }),
    ...mergeTimelines(runners, aligned),
    // Each runner had a machine of its own.
    machine: [],
    environment: {
      ...first.environment,
      coLocated: all.some(({ environment }) => environment.coLocated),
    },
  }
}

/** Each runner's own: its events came over its own stations. */
function mergeTimelines(
  runners: readonly Runner[],
  aligned: readonly RunFacts[],
): Pick<RunFacts, 'timeline'> {
  if (aligned.every(({ timeline }) => timeline === undefined)) return {}
  const marks = aligned.flatMap(({ timeline = [] }, at) =>
    timeline.map((mark) => ({ ...mark, label: `${runners[at]?.name}: ${mark.label}` })),
  )
  return { timeline: marks.sort((a, b) => a.atSecond - b.atSecond) }
}

function furthestBehind(all: readonly RunFacts[]): RunFacts['ramp'] {
  const ramps = all.flatMap(({ ramp }) => ramp ?? [])
  return ramps.sort((a, b) => b.behindSeconds - a.behindSeconds)[0]
}

function mergeFleets(all: readonly RunFacts[]): FleetFacts[] {
  const fleets = new Map<string, FleetFacts>()
  for (const fleet of all.flatMap((facts) => facts.fleets)) {
    const key = `${fleet.name}\n${fleet.version}`
    fleets.set(key, { ...fleet, count: fleet.count + (fleets.get(key)?.count ?? 0) })
  }
  return [...fleets.values()]
}

function mergeTransactions(all: readonly RunFacts[]): RunFacts['transactions'] {
  const sum = (of: (transactions: RunFacts['transactions']) => number) =>
    all.reduce((total, { transactions }) => total + of(transactions), 0)
  return {
    started: sum(({ started }) => started),
    stopped: sum(({ stopped }) => stopped),
    energyWh: sum(({ energyWh }) => energyWh),
    undelivered: sum(({ undelivered }) => undelivered),
  }
}

/** Workers of different runners have the same names; each is told with its runner's. */
function mergeWorkers(
  runners: readonly Runner[],
  aligned: readonly RunFacts[],
): RunFacts['workers'] {
  return aligned.flatMap(({ workers }, at) =>
    workers.map((worker) => {
      const name = `${runners[at]?.name}, ${worker.name}`
      const health = worker.health.map((sample) => ({ ...sample, worker: name }))
      return { ...worker, name, health }
    }),
  )
}

function mergeCounts(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const [name, times] of all.flatMap((one) => Object.entries(one))) {
    counts[name] = (counts[name] ?? 0) + times
  }
  return counts
}
