import { randomBytes } from 'node:crypto'
import type { FileServerUrls } from '../ocpp/file-transfer.ts'
import { readMachine } from '../platform/machine.ts'
import { realClock } from '../platform/real-clock.ts'
import { epochNow } from '../platform/shared-instants.ts'
import { csmsError } from '../shared/errors.ts'
import { estimateSimulatedMs } from '../simulator/scenario/estimate.ts'
import { encryptedStations, mostPerSecond } from '../simulator/scenario/memory-estimate.ts'
import type { Plan } from '../simulator/scenario/plan.ts'
import type { TargetPlan, WorkerShare } from '../simulator/workers/worker-messages.ts'
import { checkLines, preflight } from './preflight.ts'
import type { RunOptions } from './run-options.ts'
import { type RunSize, sizeRun } from './run-size.ts'

/** What is settled before a run begins. */
export interface RunSetup {
  readonly options: RunOptions
  readonly plan: Plan
  readonly runId: string
  /** Of all fleets. */
  readonly stations: number
  readonly size: RunSize
  readonly workers: number
  /** When the run began, epoch milliseconds of `platform/shared-instants`. */
  readonly beganAt: number
  /** What the wall showed then. */
  readonly beganWallMs: number
  /** How far in the past the stations' clocks begin. */
  readonly backdateMs: number
}

/**
 * Throws `CSMS_PREFLIGHT_FAILED` where the machine cannot carry the run, `CSMS_USAGE` where the CSMS is
 * to act and nobody can tell it to.
 */
export function setUp(options: RunOptions): RunSetup {
  const { plan, target, backdate, api } = options
  if (target && api === undefined && plan.load.executor.name === 'constant-command-rate') {
    const message = `${plan.load.executor.name} makes the CSMS act through its operator's API: name it with --api.`
    throw csmsError('CSMS_USAGE', { message })
  }
  if (target) checkSecurity(plan, target)
  const stations = plan.fleets.reduce((sum, { count }) => sum + count, 0)
  const size = sizeChecked(options, stations, encryptedStations(plan.fleets))
  return {
    options,
    plan,
    runId: options.runId ?? randomBytes(4).toString('hex'),
    stations,
    size,
    workers: size.workers,
    beganAt: epochNow(),
    beganWallMs: realClock.wallMs(),
    backdateMs: target && backdate && plan.speed !== 1 ? estimateSimulatedMs(plan) : 0,
  }
}

/** A fleet's security profile must fit what is known of the target. */
function checkSecurity({ fleets }: Plan, target: TargetPlan): void {
  for (const { name, security } of fleets) {
    if (!security) continue
    const { profile, client } = security
    const scheme = profile >= 2 ? 'wss' : 'ws'
    const uses = `Fleet "${name}" uses security profile ${profile}`
    if (!target.urls.some((url) => url.startsWith(`${scheme}:`))) {
      throw csmsError('CSMS_USAGE', { message: `${uses}: it needs a --target of ${scheme}://.` })
    }
    if (profile === 3 && !client && !target.client) {
      const message = `${uses}: it needs client certificates, by --cert and --key or in its "security".`
      throw csmsError('CSMS_USAGE', { message })
    }
  }
}

/**
 * Spreads the run over the machine and says before it starts what will be tight. Throws
 * `CSMS_PREFLIGHT_FAILED` for what cannot work.
 */
function sizeChecked(options: RunOptions, stations: number, encrypted: number): RunSize {
  const { workers, processes, target, observer } = options
  const machine = readMachine()
  const isExternal = target !== undefined
  const size = sizeRun({ stations, encrypted, workers, processes, isExternal }, machine)
  const checks = preflight(machine, {
    ...size,
    stations,
    encrypted,
    exchangesPerSecond: mostPerSecond(options.plan),
    targets: new Set(target?.urls.map((url) => new URL(url).host)).size,
    localAddresses: target?.localAddresses.length ?? 0,
  })
  const bad = checks.filter(({ state }) => state === 'bad')
  if (bad.length > 0) throw csmsError('CSMS_PREFLIGHT_FAILED', { report: checkLines(bad) })
  for (const tight of checks.filter(({ state }) => state === 'limit')) {
    observer.note(checkLines([tight]))
  }
  return size
}

/** What the workers need to know of their target and of each other. */
export interface Surroundings {
  readonly target: TargetPlan
  /** Base URL of the operator's API; undefined = there is none. */
  readonly api: string | undefined
  /** Key of that API; undefined = it takes none. */
  readonly apiKey?: string | undefined
  readonly fileServer: FileServerUrls | undefined
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
