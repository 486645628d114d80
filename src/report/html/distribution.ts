import {
  bucketMiddle,
  type EncodedHistogram,
  LatencyHistogram,
} from '../../metrics/latency-histogram.ts'
import type { Line, Tone } from './chart-model.ts'
import type { StoredReport } from './stored-report.ts'
import type { Chart } from './time-charts.ts'

interface Distribution {
  readonly label: string
  readonly tone: Tone
  readonly encoded: EncodedHistogram
}

/**
 * How latencies spread, twice: how many took how long, and how long the slowest share took. Response
 * beside service time: what lies between them is waiting, which a tool that measures from the
 * moment of sending does not see (coordinated omission).
 */
export function distributionCharts(report: StoredReport): Chart[] {
  const told = distributionsOf(report)
  if (told.length === 0) return []
  return [histogramChart(told), percentileChart(told)]
}

function distributionsOf({ histograms, model }: StoredReport): Distribution[] {
  if (!histograms) return []
  const { responseTime, responseTimeAll, serviceTime } = histograms
  const all: Distribution[] = [{ label: 'response time', tone: 'first', encoded: responseTime }]
  if (model !== 'closed') {
    all.push({ label: 'service time', tone: 'second', encoded: serviceTime })
  }
  if (countOf(responseTimeAll) > countOf(responseTime)) {
    const label = 'response time, unanswered too'
    all.push({ label, tone: 'third', encoded: responseTimeAll })
  }
  return all.filter(({ encoded }) => encoded.counts.length > 0)
}

function countOf({ counts }: EncodedHistogram): number {
  return counts.reduce((sum, value, at) => (at % 2 === 1 ? sum + value : sum), 0)
}

function histogramChart(told: readonly Distribution[]): Chart {
  const binned = told.map(({ encoded }) => binsOf(encoded))
  const lowest = Math.min(...binned.flatMap((bins) => [...bins.keys()]))
  const highest = Math.max(...binned.flatMap((bins) => [...bins.keys()]))
  const bins = Array.from({ length: highest - lowest + 2 }, (_, at) => lowest + at)
  const lines = told.map(({ label, tone }, which): Line => {
    const values = bins.map((bin) => binned[which]?.get(bin) ?? 0)
    return { label, tone, shape: 'steps', values }
  })
  return {
    title: 'How many took how long',
    measure: 'CALLs by milliseconds',
    model: {
      id: 'histogram',
      x: 'milliseconds',
      unit: 'count',
      at: bins.map((bin) => Number((edgeOf(bin) / 1000).toPrecision(5))),
      lines,
      logarithmic: false,
      limits: [],
    },
  }
}

/** Finer than a histogram's bucket would be empty between whole microseconds. */
const binsPerOctave = 8
const smallestMicros = 16

function binsOf({ counts }: EncodedHistogram): Map<number, number> {
  const bins = new Map<number, number>()
  for (let i = 0; i + 1 < counts.length; i += 2) {
    const micros = Math.max(bucketMiddle(counts[i] ?? 0), smallestMicros)
    const bin = Math.floor(Math.log2(micros / smallestMicros) * binsPerOctave + 1e-9)
    bins.set(bin, (bins.get(bin) ?? 0) + (counts[i + 1] ?? 0))
  }
  return bins
}

function edgeOf(bin: number): number {
  return smallestMicros * 2 ** (bin / binsPerOctave)
}

const stepsPerNine = 20

/** The abscissa counts nines: 0 is the fastest, 1 is 90 %, 2 is 99 %, 3 is 99.9 %. */
function percentileChart(told: readonly Distribution[]): Chart {
  const histograms = told.map(({ encoded }) => LatencyHistogram.decode(encoded))
  const most = Math.max(...histograms.map(({ count }) => count))
  const nines = Math.max(1, Math.log10(most))
  const at = Array.from({ length: Math.ceil(nines * stepsPerNine) + 1 }, (_, step) =>
    Math.min(step / stepsPerNine, nines),
  )
  const lines = told.map(({ label, tone }, which): Line => {
    const histogram = histograms[which]
    return { label, tone, shape: 'line', values: at.map((x) => slowest(histogram, x)) }
  })
  return {
    title: 'How long the slowest took',
    measure: 'milliseconds by percentile',
    model: {
      id: 'percentiles',
      x: 'percentile',
      unit: 'milliseconds',
      at: at.map((x) => Number(x.toFixed(4))),
      lines,
      logarithmic: true,
      limits: [],
    },
  }
}

function slowest(histogram: LatencyHistogram | undefined, nines: number): number | null {
  if (!histogram || nines > Math.log10(histogram.count) + 1e-9) return null
  const percent = Math.min(100, (1 - 10 ** -nines) * 100)
  const micros = nines === 0 ? histogram.min : histogram.percentile(percent)
  // A logarithmic axis has no place for zero.
  return micros === undefined ? null : Number((Math.max(micros, 1) / 1000).toPrecision(4))
}
