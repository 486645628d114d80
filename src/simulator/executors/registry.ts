import { constantArrivalRate } from './constant-arrival-rate.ts'
import { constantCallRate } from './constant-call-rate.ts'
import { constantCommandRate } from './constant-command-rate.ts'
import { constantStations } from './constant-stations.ts'
import type { ExecutorDefinition } from './executor.ts'
import { findMax } from './find-max.ts'
import { once } from './once.ts'
import { rampingArrivalRate } from './ramping-arrival-rate.ts'
import { rampingCallRate } from './ramping-call-rate.ts'
import { rampingStations } from './ramping-stations.ts'

/** Every way of load to arrive, in the order of the reference. */
const executors = [
  once,
  constantStations,
  rampingStations,
  constantArrivalRate,
  rampingArrivalRate,
  constantCallRate,
  rampingCallRate,
  findMax,
  constantCommandRate,
] as const

type OptionsOf<Definition> =
  Definition extends ExecutorDefinition<infer Name, infer Options>
    ? { readonly name: Name; readonly options: Options }
    : never

/** An executor as a plan names it, with its own checked options: plain data. */
export type ExecutorPlan = OptionsOf<(typeof executors)[number]>

export type ExecutorName = ExecutorPlan['name']

export const executorNames: readonly ExecutorName[] = executors.map(({ name }) => name)

export const executorDefinitions: readonly ExecutorDefinition<ExecutorName, unknown>[] = executors

/** @returns undefined where there is none of this name */
export function findExecutor(name: string): ExecutorDefinition<ExecutorName, unknown> | undefined {
  return executorDefinitions.find((definition) => definition.name === name)
}

/** What stands behind a plan. */
export function executorOf(plan: ExecutorPlan): ExecutorDefinition<ExecutorName, unknown> {
  const definition = findExecutor(plan.name)
  if (!definition) throw new Error(`no executor ${plan.name}`)
  return definition
}
