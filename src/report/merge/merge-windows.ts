import { phases } from '../../metrics/phase.ts'
import type { RunFacts, WindowFacts } from '../run-facts.ts'

/** Each window as long as the longest of a runner, since the first began it. */
export function mergeWindows(all: readonly RunFacts[]): WindowFacts[] {
  return phases.flatMap((phase) => {
    const same = all.map(({ windows }) => windows.filter((window) => window.phase === phase))
    const lengths = same.map((windows) => windows.reduce((sum, { seconds }) => sum + seconds, 0))
    const begins = same.flatMap((windows) => windows.map(({ startedAt }) => startedAt)).sort()
    const [startedAt] = begins
    return startedAt === undefined ? [] : [{ phase, startedAt, seconds: Math.max(...lengths) }]
  })
}

/** Seconds from the run's begin to what its figures cover. */
export function headlineBegin(windows: readonly WindowFacts[]): number {
  const steady = windows.findIndex(({ phase, seconds }) => phase === 'steady' && seconds > 0)
  return steady < 0 ? 0 : windows.slice(0, steady).reduce((sum, { seconds }) => sum + seconds, 0)
}

/** The same facts as if the run had begun so many seconds earlier; whole seconds for the series. */
export function shifted(facts: RunFacts, by: number): RunFacts {
  const { workers, target, series, timeline } = facts
  const points = Math.round(by / series.intervalSeconds) * series.intervalSeconds
  return {
    ...facts,
    workers: workers.map((worker) => ({
      ...worker,
      health: worker.health.map((one) => ({ ...one, second: one.second + by })),
    })),
    target: {
      ...target,
      usage: target.usage.map((one) => ({ ...one, second: one.second + by })),
    },
    ...(timeline && {
      timeline: timeline.map((one) => ({ ...one, atSecond: one.atSecond + by })),
    }),
    series: {
      ...series,
      points: series.points.map((point) => ({ ...point, second: point.second + points })),
    },
  }
}
