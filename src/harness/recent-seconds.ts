import { type EncodedHistogram, LatencyHistogram } from '../metrics/latency-histogram.ts'
import { inMs } from '../metrics/latency-summary.ts'
import type { SecondSample } from '../metrics/second.ts'
import type { ProgressHistory } from '../report/progress.ts'

/** How far back the history goes. */
const historySeconds = 60
/** Percentiles cover so many: fewer jump about, more hide what happens now. */
export const recentSeconds = 10
/** A worker that is so far behind is not waited for. */
const longestWait = 2

/** One second over all workers. */
interface WholeSecond {
  readonly second: number
  readonly offered: number
  readonly completed: number
  readonly messages: number
  readonly backlog: number
  readonly responseP99Ms: number | null
  readonly response: EncodedHistogram
  readonly lag: EncodedHistogram
}

/** The last minute of a run over all workers, second by second. Memory is constant. */
export class RecentSeconds {
  readonly #workers: number
  readonly #open = new Map<number, SecondSample[]>()
  readonly #whole: WholeSecond[] = []
  #newest = -1

  constructor(workers: number) {
    this.#workers = workers
  }

  /** Adds what one worker saw in one second. Workers need not be in step. */
  add(sample: SecondSample): void {
    const { second } = sample
    if (second <= (this.#whole.at(-1)?.second ?? -1)) return
    const there = this.#open.get(second)
    if (there) there.push(sample)
    else this.#open.set(second, [sample])
    this.#newest = Math.max(this.#newest, second)
    const ready = [...this.#open.keys()].sort((a, b) => a - b)
    for (const second of ready) {
      const samples = this.#open.get(second) ?? []
      if (samples.length < this.#workers && second > this.#newest - longestWait) return
      this.#open.delete(second)
      this.#whole.push(wholeSecond(second, samples))
      if (this.#whole.length > historySeconds) this.#whole.shift()
    }
  }

  /** The newest second that all workers told. */
  get last(): WholeSecond | undefined {
    return this.#whole.at(-1)
  }

  history(): ProgressHistory {
    return {
      offered: this.#whole.map(({ offered }) => offered),
      achieved: this.#whole.map(({ completed }) => completed),
      responseP99Ms: this.#whole.map(({ responseP99Ms }) => responseP99Ms),
    }
  }

  /** Of what settled in the last seconds, whatever its end. */
  response(): LatencyHistogram {
    return merged(this.#whole.slice(-recentSeconds).map(({ response }) => response))
  }

  lag(): LatencyHistogram {
    return merged(this.#whole.slice(-recentSeconds).map(({ lag }) => lag))
  }
}

function wholeSecond(second: number, samples: readonly SecondSample[]): WholeSecond {
  const response = merged(samples.map((sample) => sample.response))
  const sum = (of: (sample: SecondSample) => number): number =>
    samples.reduce((total, sample) => total + of(sample), 0)
  return {
    second,
    offered: sum(({ offered }) => offered),
    completed: sum(({ completed }) => completed),
    messages: sum(({ messages }) => messages),
    backlog: sum(({ backlog }) => backlog),
    responseP99Ms: inMs(response.percentile(99)),
    response: response.encode(),
    lag: merged(samples.map((sample) => sample.lag)).encode(),
  }
}

function merged(all: readonly EncodedHistogram[]): LatencyHistogram {
  const sum = new LatencyHistogram()
  for (const one of all) sum.addEncoded(one)
  return sum
}

/** In milliseconds; null where no sample lies beyond it: the highest of a few tells nothing. */
export function percentileOf(histogram: LatencyHistogram, percent: number): number | null {
  const beyond = (histogram.count * (100 - percent)) / 100
  return beyond < 1 ? null : inMs(histogram.percentile(percent))
}
