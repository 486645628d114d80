import type { PhaseReport, SeriesPointReport } from './result.ts'
import type { RunFacts } from './run-facts.ts'

/** The series with the window of each point and what workers and target used meanwhile. */
export function seriesReport(
  { series, workers, target }: Pick<RunFacts, 'series' | 'workers' | 'target'>,
  windows: readonly PhaseReport[],
): SeriesPointReport[] {
  const { intervalSeconds, points } = series
  const health = workers.flatMap((worker) => worker.health)
  const busiest = highestShares(health, intervalSeconds)
  const targets = highestShares(target.usage, intervalSeconds)
  return points.map((point) => {
    const at = Math.floor(point.second / intervalSeconds)
    return {
      ...point,
      phase: phaseAt(windows, point.second),
      cpuShare: busiest.get(at) ?? null,
      targetCpuShare: targets.get(at) ?? null,
    }
  })
}

function phaseAt(windows: readonly PhaseReport[], second: number): PhaseReport['phase'] {
  let phase: PhaseReport['phase'] = 'ramp'
  for (const window of windows) if (window.atSecond <= second) phase = window.phase
  return phase
}

interface Share {
  readonly second: number
  readonly cpuShare: number
}

/** The highest share that begins in each interval. */
function highestShares(samples: readonly Share[], intervalSeconds: number): Map<number, number> {
  const highest = new Map<number, number>()
  for (const { second, cpuShare } of samples) {
    const at = Math.floor(second / intervalSeconds)
    const share = Math.round(cpuShare * 1000) / 1000
    highest.set(at, Math.max(highest.get(at) ?? 0, share))
  }
  return highest
}
