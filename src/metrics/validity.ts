import { lengthOf, type TimedSample } from './bounded-samples.ts'

/** One second of one worker's health; of a run of many hours, some seconds. */
export interface HealthSample extends TimedSample {
  readonly worker: string
  /** CPU time over wall time: 1 is one core fully used. */
  readonly cpuShare: number
}

/** Open-model traffic has instants of its own; closed-model steps follow the answer before. */
export type LoadModel = 'open' | 'closed' | 'mixed'

export interface GeneratorFacts {
  readonly model: LoadModel
  /** Generator lag p99 of the judged window, in ms; null where nothing was scheduled. */
  readonly lagP99Ms: number | null
  /** Which percentile stands there in place of p99, where fewer than 10 samples lie beyond p99. */
  readonly lagPercent?: number
  readonly responseP99Ms: number | null
  /** The smallest bound that a threshold sets on a p(99) of response time, in ms; null without one. */
  readonly tightestP99Ms: number | null
  /** Samples of the judged window only: steady, or the whole run where there is none. */
  readonly health: readonly HealthSample[]
  /** Sockets that this machine could not open or keep, by error code (EMFILE, EADDRNOTAVAIL). */
  readonly localSocketErrors: Readonly<Record<string, number>>
}

export interface Validity {
  /** False: the generator was the limit of an open-model run, which is then never a pass. */
  readonly valid: boolean
  /** The generator was at its limit; a closed-model run stays valid, its rate is then a floor. */
  readonly saturated: boolean
  /** One sentence for each limit met. */
  readonly reasons: readonly string[]
}

const leastLagLimitMs = 10
const shareOfP99 = 0.1
const fullCpuShare = 0.9
const cpuWindowSeconds = 10

/** Tells whether the generator, not the target, was what limited the run. */
export function judgeValidity(facts: GeneratorFacts): Validity {
  const reasons = [...lagReasons(facts), ...cpuReasons(facts.health), ...socketReasons(facts)]
  const limited = reasons.length > 0
  return { valid: facts.model === 'closed' || !limited, saturated: limited, reasons }
}

/** How much generator lag p99 a run may have, in ms. */
export function lagLimitMs(responseP99Ms: number | null, tightestP99Ms: number | null): number {
  return Math.max(
    leastLagLimitMs,
    shareOfP99 * (responseP99Ms ?? 0),
    shareOfP99 * (tightestP99Ms ?? 0),
  )
}

function lagReasons(facts: GeneratorFacts): string[] {
  const { lagP99Ms, lagPercent = 99, responseP99Ms, tightestP99Ms } = facts
  const limit = lagLimitMs(responseP99Ms, tightestP99Ms)
  if (lagP99Ms === null || lagP99Ms <= limit) return []
  return [
    `generator lag p${lagPercent} ${lagP99Ms.toFixed(1)} ms is above ${limit.toFixed(1)} ms: CALLs left late because of this machine`,
  ]
}

/** The highest mean over any 10 s of a worker (over all it has, where that is less), per worker. */
export function busiestCpuShare(health: readonly HealthSample[]): ReadonlyMap<string, number> {
  const byWorker = new Map<string, HealthSample[]>()
  for (const sample of health) {
    const samples = byWorker.get(sample.worker)
    if (samples) samples.push(sample)
    else byWorker.set(sample.worker, [sample])
  }
  const busiest = new Map<string, number>()
  for (const [worker, samples] of byWorker) {
    busiest.set(worker, highestMean(samples.sort((a, b) => a.second - b.second)))
  }
  return busiest
}

/** Over as few neighbours as last 10 s together. */
function highestMean(samples: readonly HealthSample[]): number {
  const whole = samples.reduce((sum, sample) => sum + lengthOf(sample), 0)
  const width = Math.min(cpuWindowSeconds, whole)
  let [first, used, seconds, highest] = [0, 0, 0, 0]
  for (const sample of samples) {
    used += sample.cpuShare * lengthOf(sample)
    seconds += lengthOf(sample)
    for (let out = samples[first]; out && seconds - lengthOf(out) >= width; out = samples[first]) {
      used -= out.cpuShare * lengthOf(out)
      seconds -= lengthOf(out)
      first += 1
    }
    if (seconds >= width) highest = Math.max(highest, used / seconds)
  }
  return highest
}

function cpuReasons(health: readonly HealthSample[]): string[] {
  const reasons: string[] = []
  for (const [worker, share] of busiestCpuShare(health)) {
    if (share <= fullCpuShare) continue
    const percent = Math.round(share * 100)
    reasons.push(`${worker} used ${percent} % of a core: this machine was full`)
  }
  return reasons
}

function socketReasons({ localSocketErrors }: GeneratorFacts): string[] {
  return Object.entries(localSocketErrors)
    .filter(([, times]) => times > 0)
    .map(([code, times]) => {
      const attempts = times === 1 ? 'one socket' : `${times} sockets`
      return `${attempts} failed on this machine (${code}), not at the target`
    })
}
