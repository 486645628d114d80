import { randomBytes } from 'node:crypto'
import { readMachine } from '../platform/machine.ts'
import { realClock } from '../platform/real-clock.ts'
import { epochNow } from '../platform/shared-instants.ts'
import { estimateSimulatedMs } from '../simulator/scenario/estimate.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import type { TargetPlan, WorkerShare } from '../simulator/workers/worker-messages.ts'
import type { RunOptions } from './run-options.ts'
import { leastWorkers, workerCount } from './worker-count.ts'

/** What is settled before a run begins. */
export interface RunSetup {
  readonly options: RunOptions
  readonly plan: Plan
  readonly runId: string
  /** Of all fleets. */
  readonly stations: number
  readonly workers: number
  /** When the run began, epoch milliseconds of `platform/shared-instants`. */
  readonly beganAt: number
  /** What the wall showed then. */
  readonly beganWallMs: number
  /** How far in the past the stations' clocks begin. */
  readonly backdateMs: number
}

export function setUp(options: RunOptions): RunSetup {
  const { plan, target, backdate } = options
  const stations = plan.fleets.reduce((sum, { count }) => sum + count, 0)
  return {
    options,
    plan,
    runId: options.runId ?? randomBytes(4).toString('hex'),
    stations,
    workers: countWorkers(options, stations),
    beganAt: epochNow(),
    beganWallMs: realClock.wallMs(),
    backdateMs: target && backdate && plan.speed !== 1 ? estimateSimulatedMs(plan) : 0,
  }
}

function countWorkers({ workers, observer }: RunOptions, stations: number): number {
  const { cores, openFilesLimit } = readMachine()
  if (workers === undefined) return workerCount(stations, cores, openFilesLimit)
  const least = leastWorkers(stations, openFilesLimit)
  if (workers < least) {
    observer.note(
      `${stations} stations on ${workers} ${workers === 1 ? 'worker' : 'workers'} exceed the limit of open files (${openFilesLimit} a process): use at least ${least}.`,
    )
  }
  return Math.min(workers, stations)
}

/** What the workers need to know of their target and of each other. */
export interface Surroundings {
  readonly target: TargetPlan
  /** Base URL of the operator's API; undefined = there is none. */
  readonly api: string | undefined
  readonly framesFile: string | undefined
}

/** The parts of a run, one for each worker. */
export function workerShares(setup: RunSetup, surroundings: Surroundings): WorkerShare[] {
  const { plan, workers, runId, beganAt, beganWallMs, backdateMs, options } = setup
  return Array.from({ length: workers }, (_, worker) => ({
    plan,
    worker,
    workers,
    ...surroundings,
    runSalt: runId,
    originEpochMs: beganAt,
    simulated: {
      speed: plan.speed,
      originWallMs: beganWallMs - backdateMs,
      originEpochMs: beganAt,
    },
    backdateMs,
    connectTimeoutMs: options.connectTimeoutMs,
  }))
}
