import { tightestP99Ms } from '../metrics/threshold-results.ts'
import type { ThresholdPlan } from '../metrics/thresholds.ts'
import {
  type HealthSample,
  judgeValidity,
  type LoadModel,
  lagLimitMs,
} from '../metrics/validity.ts'
import type { GeneratorProgress } from '../report/progress.ts'
import type { Tick } from '../simulator/workers/worker-messages.ts'
import { recentSeconds } from './recent-seconds.ts'

/** Half of the lag that is allowed, or this much of a core, is worth a look. */
const strainedLag = 0.5
const strainedShare = 0.75

/** What the health of a generator is judged by. */
export interface HealthFacts {
  readonly model: LoadModel
  /** Figures of this phase count. */
  readonly judged: boolean
  readonly lagP99Ms: number | null
  readonly responseP99Ms: number | null
  readonly thresholds: readonly ThresholdPlan[]
  /** Of each worker. */
  readonly localSocketErrors: readonly Readonly<Record<string, number>>[]
  readonly workers: number
}

interface WorkerHealth {
  readonly samples: HealthSample[]
  loopShare: number
}

/** How the load generator fares: the rules of the verdict, over the last seconds. */
export class GeneratorHealth {
  readonly #workers = new Map<string, WorkerHealth>()

  add(worker: string, { second, cpuShare, loopShare }: Tick): void {
    const there = this.#workers.get(worker) ?? { samples: [], loopShare: 0 }
    this.#workers.set(worker, there)
    there.samples.push({ worker, second, cpuShare })
    if (there.samples.length > recentSeconds) there.samples.shift()
    there.loopShare = loopShare
  }

  read(facts: HealthFacts): GeneratorProgress {
    const { model, judged, lagP99Ms, responseP99Ms, workers } = facts
    const healths = [...this.#workers.values()]
    const tightest = tightestP99Ms(facts.thresholds)
    const { reasons, valid } = judgeValidity({
      model,
      lagP99Ms,
      responseP99Ms,
      tightestP99Ms: tightest,
      health: healths.flatMap(({ samples }) => samples),
      localSocketErrors: sumOf(facts.localSocketErrors),
    })
    const limit = lagLimitMs(responseP99Ms, tightest)
    const cpuShare = highest(healths.map(({ samples }) => mean(samples)))
    const loopShare = highest(healths.map((health) => health.loopShare))
    const near =
      (lagP99Ms ?? 0) > strainedLag * limit ||
      Math.max(cpuShare ?? 0, loopShare ?? 0) > strainedShare
    return {
      lagP99Ms,
      lagLimitMs: limit,
      cpuShare,
      loopShare,
      workers,
      state: !valid && judged ? 'limit' : reasons.length > 0 || near ? 'strained' : 'healthy',
      reasons,
    }
  }
}

function mean(samples: readonly HealthSample[]): number {
  return samples.reduce((sum, { cpuShare }) => sum + cpuShare, 0) / samples.length
}

function highest(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.max(...values)
}

function sumOf(all: readonly Readonly<Record<string, number>>[]): Record<string, number> {
  const sum: Record<string, number> = {}
  for (const counts of all) {
    for (const [code, times] of Object.entries(counts)) sum[code] = (sum[code] ?? 0) + times
  }
  return sum
}
