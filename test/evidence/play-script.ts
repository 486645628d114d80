import { loadScenario } from '../../src/simulator/scenario/load-scenario.ts'
import type { StationActor } from '../../src/simulator/steps/actor.ts'
import { stepTable } from '../../src/simulator/steps/registry.ts'
import { runScript, type ScriptResult } from '../../src/simulator/steps/script-runner.ts'
import { cancel } from './lab.ts'

/**
 * Plays steps of the scenario language on a station that is connected.
 *
 * @param steps YAML, indented by six spaces
 */
export function playScript(actor: StationActor, steps: string): Promise<ScriptResult> {
  const text = `name: t\nfleets:\n  - name: street\n    script:${steps}\n`
  const loaded = loadScenario({ file: 'steps.yaml', text })
  const [fleet] = 'plan' in loaded ? loaded.plan.fleets : []
  if (!fleet) throw new Error(JSON.stringify(loaded))
  return runScript({
    actor,
    steps: stepTable,
    script: fleet.script,
    on: {},
    reactAfterwards: false,
    command: () => Promise.reject(new Error('these scripts send no commands')),
    log: () => undefined,
    reactionFailed: () => undefined,
    fault(error) {
      throw error
    },
    cancel,
  })
}
