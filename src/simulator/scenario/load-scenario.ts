import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { stepTable } from '../steps/registry.ts'
import { buildPlan, type ScenarioOverrides } from './build-plan.ts'
import type { Plan } from './plan.ts'
import { Places, type Problem } from './problem.ts'
import { Reader, type ReadFile } from './reader.ts'
import { type Environment, readYamlTree } from './yaml-tree.ts'

/** A scenario as text, with the name that messages give it. */
export interface ScenarioSource {
  readonly file: string
  readonly text: string
  /** What paths in it start from; default: the folder of `file`. */
  readonly folder?: string
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
  const { root, problems, vars } = readYamlTree(text, places, environment, overrides.vars)
  if (!root) return { problems }
  // What is said besides the file makes another scenario of it.
  const hash = createHash('sha256').update(source.text)
  for (const name of Object.keys(overrides.vars ?? {}).sort()) {
    hash.update(`\0--set ${name}=${overrides.vars?.[name]}`)
  }
  const reader = new Reader(stepTable, places, {
    known: problems,
    vars: vars.map(({ name }) => name),
    readFile: fileReader(source, (read) => hash.update(`\0${read}`)),
    pathOf: (path) => resolve(source.folder ?? dirname(file), path),
  })
  const plan = buildPlan(root, reader, overrides, { file, vars })
  if (!plan || reader.problems.length > 0) return { problems: reader.problems }
  const { csms } = plan
  const files = csms.files && resolve(source.folder ?? dirname(file), csms.files)
  return { plan: { ...plan, csms: { ...csms, files }, hash: hash.digest('hex') } }
}

/** Files that a scenario names, lists of stations, are made by machines. */
const largestNamedFile = 32 * 1024 * 1024

function fileReader(
  { file, folder = dirname(file) }: ScenarioSource,
  heard: (text: string) => void,
): ReadFile {
  return (path) => {
    try {
      const full = resolve(folder, path)
      const { size } = statSync(full)
      if (size > largestNamedFile) {
        return { error: `it is larger than ${largestNamedFile / 1024 / 1024} MiB` }
      }
      const text = readFileSync(full, 'utf8')
      heard(text)
      return { text, shown: join(dirname(file), path) }
    } catch (error) {
      return { error: whyUnreadable(error) }
    }
  }
}

function whyUnreadable(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? error.code : undefined
  if (code === 'ENOENT') return 'there is no such file'
  if (code === 'EISDIR') return 'it is a folder'
  if (code === 'EACCES') return 'reading it is not allowed'
  return error instanceof Error ? error.message : String(error)
}
