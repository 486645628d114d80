import type { Level } from '../cases/case.ts'
import type { CaseValues } from '../cases/values.ts'
import type { Probe } from './probe.ts'
import { shortened } from './shortened.ts'
import type { Stage } from './stage.ts'
import type { Check } from './verdict.ts'

/** The stage of one case: what moves read and change, and where they leave what they saw. */
export class Scene {
  readonly stage: Stage
  readonly values: CaseValues
  readonly checks: Check[] = []

  constructor(stage: Stage, values: CaseValues) {
    this.stage = stage
    this.values = values
  }

  get probe(): Probe {
    return this.stage.probe
  }

  /** Leaves a check. */
  check(
    name: string,
    passed: boolean,
    seen: {
      readonly detail: string
      readonly clause: string
      readonly level?: Level
      readonly frame?: number | undefined
    },
  ): boolean {
    const { detail, clause, level = 'MUST', frame } = seen
    this.checks.push({ name, passed, detail: shortened(detail), clause, level, frame })
    return passed
  }
}
