import { bucketMiddle, type LatencyHistogram } from '../metrics/latency-histogram.ts'

export type Labels = Readonly<Record<string, string>>

export interface Sample {
  readonly labels: Labels
  readonly value: number
}

export interface Times {
  readonly labels: Labels
  readonly times: LatencyHistogram
}

/** Seconds; the last bucket is without limit. */
const limits = [
  0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60,
] as const

/** A count that only grows; its name ends in `_total`. */
export function counter(name: string, help: string, samples: readonly Sample[]): string {
  return family(
    name,
    'counter',
    help,
    samples.map(({ labels, value }) => line(name, labels, value)),
  )
}

export function gauge(name: string, help: string, samples: readonly Sample[]): string {
  return family(
    name,
    'gauge',
    help,
    samples.map(({ labels, value }) => line(name, labels, value)),
  )
}

/** Latencies in seconds, cumulative buckets. */
export function histogram(name: string, help: string, all: readonly Times[]): string {
  const lines = all.flatMap(({ labels, times }) => {
    const { counts, sum: micros } = times.encode()
    const buckets = limits.map((limit) => {
      return line(`${name}_bucket`, { ...labels, le: String(limit) }, countUpTo(counts, limit))
    })
    return [
      ...buckets,
      line(`${name}_bucket`, { ...labels, le: '+Inf' }, times.count),
      line(`${name}_sum`, labels, micros / 1e6),
      line(`${name}_count`, labels, times.count),
    ]
  })
  return family(name, 'histogram', help, lines)
}

/** Our own bucket that a limit cuts (at most 1 % wide) counts where its middle is. */
function countUpTo(counts: readonly number[], seconds: number): number {
  let total = 0
  for (let i = 0; i + 1 < counts.length; i += 2) {
    if (bucketMiddle(counts[i] ?? 0) <= seconds * 1e6) total += counts[i + 1] ?? 0
  }
  return total
}

/** A family without samples is left out whole. */
function family(name: string, type: string, help: string, lines: readonly string[]): string {
  if (lines.length === 0) return ''
  return `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

function line(name: string, labels: Labels, value: number): string {
  const pairs = Object.entries(labels).map(
    ([label, text]) => `${label}="${escaped(text).replaceAll('"', '\\"')}"`,
  )
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`
}

function escaped(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
}
