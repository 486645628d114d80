import { createHash } from 'node:crypto'
import { stepTable } from '../steps/registry.ts'
import { buildPlan, type ScenarioOverrides } from './build-plan.ts'
import type { Plan } from './plan.ts'
import { Places, type Problem } from './problem.ts'
import { Reader } from './reader.ts'
import { type Environment, readYamlTree } from './yaml-tree.ts'

/** A scenario as text, with the name that messages give it. */
export interface ScenarioSource {
  readonly file: string
  readonly text: string
}

/** A scenario is written by people; what is larger is not one. */
const largestFile = 4 * 1024 * 1024

/**
 * Checks a scenario and resolves its units and defaults. All problems of the file come at once, in
 * its order; `formatProblems` shows them.
 *
 * @param environment for `${NAME}` in the file
 */
export function loadScenario(
  source: ScenarioSource,
  overrides: ScenarioOverrides = {},
  environment: Environment = {},
): { readonly plan: Plan } | { readonly problems: readonly Problem[] } {
  const { file } = source
  const text = source.text.startsWith('\uFEFF') ? source.text.slice(1) : source.text
  const places = new Places(text)
  if (text.length > largestFile) {
    const message = `The file is larger than ${largestFile / 1024 / 1024} MiB.`
    return { problems: [places.problem({ start: 0, end: 1 }, message)] }
  }
  const { root, problems } = readYamlTree(text, places, environment)
  if (!root) return { problems }
  const reader = new Reader(stepTable, places, problems)
  const hash = createHash('sha256').update(source.text).digest('hex')
  const plan = buildPlan(root, reader, overrides, { file, hash })
  return plan && reader.problems.length === 0 ? { plan } : { problems: reader.problems }
}
