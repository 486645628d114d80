import type { Report, SeriesPointReport } from '../result.ts'

type Later = 'arrivals' | 'histograms' | 'timeline' | 'findMax'

/**
 * A report as it may lie on a disk: schema version 1 is only ever extended, so what came later is
 * missing in older ones. Every `Report` is one.
 */
export interface StoredReport extends Omit<Report, Later | 'series' | 'stations' | 'window'> {
  readonly arrivals?: NonNullable<Report['arrivals']>
  readonly histograms?: Report['histograms']
  readonly timeline?: NonNullable<Report['timeline']>
  readonly findMax?: NonNullable<Report['findMax']>
  readonly series: readonly StoredPoint[]
  readonly stations: Omit<Report['stations'], 'allAcceptedSeconds'> & {
    readonly allAcceptedSeconds?: number | null
  }
  readonly window: Omit<Report['window'], 'phases'> & {
    readonly phases?: Report['window']['phases']
  }
}

type LaterOfPoint = 'phase' | 'responseP95Ms' | 'cpuShare' | 'targetCpuShare'

export type StoredPoint = Omit<SeriesPointReport, LaterOfPoint> &
  Partial<Pick<SeriesPointReport, LaterOfPoint>>

export interface Window {
  readonly phase: string
  readonly from: number
  readonly to: number
}

/** The windows in seconds since the run began; of an older report in their natural order. */
export function windowsOf({ window }: StoredReport): Window[] {
  if (window.phases) {
    return window.phases.map(({ phase, atSecond, seconds }) => {
      return { phase, from: atSecond, to: atSecond + seconds }
    })
  }
  const lengths = [
    ['ramp', window.rampSeconds],
    ['warmup', window.warmupSeconds],
    ['steady', window.steadySeconds],
    ['drain', window.drainSeconds],
  ] as const
  let from = 0
  return lengths.flatMap(([phase, seconds]) => {
    const at = from
    from += seconds
    return seconds > 0 ? [{ phase, from: at, to: from }] : []
  })
}

/** A window's name for people. */
export function windowName(phase: string): string {
  return phase === 'warmup' ? 'warm-up' : phase
}
