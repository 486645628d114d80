import type { FindMaxReport, ProbeReport } from '../result.ts'
import type { Line, Tone } from './chart-model.ts'
import type { Chart } from './time-charts.ts'

/** Response time against the rate that was offered, a point for every rate tried. */
export function findMaxChart({ probes, sustainedPerSecond }: FindMaxReport): Chart | undefined {
  const byRate = [...probes].sort((a, b) => a.offeredPerSecond - b.offeredPerSecond)
  if (byRate.length < 2) return undefined
  const line = (label: string, tone: Tone, value: (probe: ProbeReport) => number | null): Line => {
    return { label, tone, shape: 'points', values: byRate.map(value) }
  }
  const lines = [
    line('p99', 'second', ({ p99 }) => p99),
    line('p95', 'third', ({ p95 }) => p95),
    line('p50', 'first', ({ p50 }) => p50),
  ].filter(({ values }) => values.some((value) => value !== null))
  if (lines.length === 0) return undefined
  return {
    title: 'Response time at every rate tried',
    measure: 'milliseconds by exchanges per second',
    model: {
      id: 'find-max',
      x: 'rate',
      unit: 'milliseconds',
      at: byRate.map(({ offeredPerSecond }) => offeredPerSecond),
      lines,
      logarithmic: true,
      limits: [],
      ...(sustainedPerSecond !== null && { found: { at: sustainedPerSecond, label: 'sustained' } }),
    },
  }
}
