import { LatencyHistogram } from './latency-histogram.ts'
import type { SecondSample } from './second.ts'

/** One point of the series; rates are per second, times in milliseconds. */
export interface SeriesPoint {
  /** Seconds since the run began, at the point's start. */
  readonly second: number
  readonly offeredPerSecond: number
  readonly completedPerSecond: number
  readonly errorsPerSecond: number
  readonly droppedPerSecond: number
  readonly messagesPerSecond: number
  /** CALLs due and not settled, over all workers. */
  readonly backlog: number
  readonly connected: number
  readonly responseP50Ms: number | null
  readonly responseP95Ms: number | null
  readonly responseP99Ms: number | null
  readonly lagP99Ms: number | null
}

const longest = 3600
/** How long workers may differ in delivering a second before its peak counts as known. */
const peakMemorySeconds = 120

/**
 * The run second by second, over all workers. At most 3,600 points: beyond, neighbours merge (counts
 * add, histograms add, gauges average), so memory is constant in the length of the run.
 */
export class Series {
  #points = new Map<number, SecondSample>()
  #interval = 1
  #lastSecond = -1
  readonly #peaks = new Map<number, number>()
  #peak = 0

  /** Adds what one worker saw in one second. */
  add(sample: SecondSample): void {
    this.#lastSecond = Math.max(this.#lastSecond, sample.second)
    this.#addPeak(sample)
    while (Math.floor(this.#lastSecond / this.#interval) >= longest) this.#widen()
    this.#put(sample)
  }

  /** Seconds to a point. */
  get intervalSeconds(): number {
    return this.#interval
  }

  /** The most WebSockets that were open in the same second. */
  get peakConnected(): number {
    return this.#peak
  }

  points(): SeriesPoint[] {
    return [...this.#points].sort(([a], [b]) => a - b).map(([at, sum]) => this.#point(at, sum))
  }

  #put(sample: SecondSample): void {
    const at = Math.floor(sample.second / this.#interval)
    const there = this.#points.get(at)
    this.#points.set(at, there ? sumOf(there, sample) : sample)
  }

  #widen(): void {
    const before = this.#points
    this.#points = new Map()
    this.#interval *= 2
    for (const sample of before.values()) this.#put(sample)
  }

  #addPeak(sample: SecondSample): void {
    const together = (this.#peaks.get(sample.second) ?? 0) + sample.peak
    this.#peaks.set(sample.second, together)
    this.#peak = Math.max(this.#peak, together)
    this.#peaks.delete(sample.second - peakMemorySeconds)
  }

  #point(at: number, sum: SecondSample): SeriesPoint {
    const second = at * this.#interval
    const seconds = Math.min(this.#interval, this.#lastSecond - second + 1)
    const response = LatencyHistogram.decode(sum.response)
    return {
      second,
      offeredPerSecond: rounded(sum.offered / seconds),
      completedPerSecond: rounded(sum.completed / seconds),
      errorsPerSecond: rounded(sum.errors / seconds),
      droppedPerSecond: rounded(sum.dropped / seconds),
      messagesPerSecond: rounded(sum.messages / seconds),
      backlog: Math.round(sum.backlog / seconds),
      connected: Math.round(sum.connected / seconds),
      responseP50Ms: milliseconds(response.percentile(50)),
      responseP95Ms: milliseconds(response.percentile(95)),
      responseP99Ms: milliseconds(response.percentile(99)),
      lagP99Ms: milliseconds(LatencyHistogram.decode(sum.lag).percentile(99)),
    }
  }
}

function sumOf(a: SecondSample, b: SecondSample): SecondSample {
  const response = LatencyHistogram.decode(a.response)
  response.addEncoded(b.response)
  const lag = LatencyHistogram.decode(a.lag)
  lag.addEncoded(b.lag)
  return {
    second: Math.min(a.second, b.second),
    offered: a.offered + b.offered,
    completed: a.completed + b.completed,
    errors: a.errors + b.errors,
    dropped: a.dropped + b.dropped,
    messages: a.messages + b.messages,
    backlog: a.backlog + b.backlog,
    connected: a.connected + b.connected,
    peak: Math.max(a.peak, b.peak),
    response: response.encode(),
    lag: lag.encode(),
  }
}

function rounded(value: number): number {
  return Math.round(value * 10) / 10
}

function milliseconds(micros: number | undefined): number | null {
  return micros === undefined ? null : Math.round(micros) / 1000
}
