import { Cancel } from '../../src/shared/cancel.ts'
import { loadScenario } from '../../src/simulator/scenario/load-scenario.ts'
import type { FleetPlan } from '../../src/simulator/scenario/plan.ts'
import type { Interruptions } from '../../src/simulator/steps/interruptions.ts'
import { stepTable } from '../../src/simulator/steps/registry.ts'
import {
  runScript,
  type ScriptFailure,
  type ScriptResult,
} from '../../src/simulator/steps/script-runner.ts'
import type { SignalBoard } from '../../src/simulator/steps/signal-board.ts'
import type { CommandOutcome } from '../../src/simulator/steps/step-context.ts'
import { FakeActor } from './fake-actor.ts'

/** A script that is being played on a fake station. */
export interface Play {
  readonly actor: FakeActor
  readonly cancel: Cancel
  readonly logs: string[]
  readonly commands: (readonly unknown[])[]
  readonly lateFailures: ScriptFailure[]
  readonly faults: unknown[]
  /** Undefined while it goes on. */
  readonly result: () => ScriptResult | undefined
  /** Lets time pass. */
  readonly run: (ms: number) => Promise<void>
}

export interface PlayOptions {
  /** Of the fleet, in flow style: `on: {...},`. */
  readonly fleet?: string
  readonly prepare?: (actor: FakeActor) => void
  readonly command?: CommandOutcome
  readonly reactAfterwards?: boolean
  readonly standing?: boolean
  /** Shared by plays that are to hear each other. */
  readonly signals?: SignalBoard
  readonly interruptions?: Interruptions
}

/** Plays steps given as YAML in flow style, `boot, {wait: 5s}`, in virtual time. */
export async function play(steps: string, options: PlayOptions = {}): Promise<Play> {
  const fleet = fleetOf(steps, options.fleet ?? '')
  const actor = new FakeActor()
  options.prepare?.(actor)
  const cancel = new Cancel()
  const logs: string[] = []
  const commands: (readonly unknown[])[] = []
  const lateFailures: ScriptFailure[] = []
  const faults: unknown[] = []
  let result: ScriptResult | undefined
  const running = runScript({
    actor,
    steps: stepTable,
    script: fleet.script,
    on: fleet.on,
    standing: options.standing ?? false,
    reactAfterwards: options.reactAfterwards ?? true,
    command(...asked) {
      commands.push(asked)
      return Promise.resolve(options.command ?? { kind: 'answered', payload: {} })
    },
    ...(options.signals && { signals: options.signals }),
    ...(options.interruptions && { interruptions: options.interruptions }),
    log: (text) => logs.push(text),
    reactionFailed: (failure) => lateFailures.push(failure),
    fault: (error) => faults.push(error),
    cancel,
  })
  void running.then((ended) => {
    result = ended
  })
  await actor.clock.run(0)
  return {
    actor,
    cancel,
    logs,
    commands,
    lateFailures,
    faults,
    result: () => result,
    run: (ms) => actor.clock.run(ms),
  }
}

function fleetOf(steps: string, rest: string): FleetPlan {
  const text = `name: t\nfleets: [{name: street, station: {connectors: 2}, ${rest} script: [${steps}]}]`
  const loaded = loadScenario({ file: 'test.yaml', text })
  const fleet = 'plan' in loaded ? loaded.plan.fleets[0] : undefined
  if (!fleet) throw new Error(JSON.stringify(loaded))
  return fleet
}
