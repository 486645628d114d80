import { createHash } from 'node:crypto'
import { readFileSync, statSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import type { Problem } from '../../document/problem.ts'
import { type DocumentSource, readDocument } from '../../document/read-document.ts'
import type { ReadFile } from '../../document/reader.ts'
import { whyUnreadable } from '../../document/unreadable.ts'
import type { Environment } from '../../document/yaml-tree.ts'
import { stepTable } from '../steps/registry.ts'
import { buildPlan, type ScenarioOverrides } from './build-plan.ts'
import type { Plan } from './plan.ts'

/**
 * Checks a scenario and resolves its units and defaults. All problems of the file come at once, in
 * its order; `formatProblems` shows them.
 *
 * @param environment for `${NAME}` in the file
 */
export function loadScenario(
  source: DocumentSource,
  overrides: ScenarioOverrides = {},
  environment: Environment = {},
): { readonly plan: Plan } | { readonly problems: readonly Problem[] } {
  const { file } = source
  // What is said besides the file makes another scenario of it.
  const hash = createHash('sha256').update(source.text)
  for (const name of Object.keys(overrides.vars ?? {}).sort()) {
    hash.update(`\0--set ${name}=${overrides.vars?.[name]}`)
  }
  const read = readDocument(source, stepTable, environment, overrides.vars, {
    readFile: fileReader(source, (named) => hash.update(`\0${named}`)),
    pathOf: (path) => resolve(source.folder ?? dirname(file), path),
    beforeCertificates: source.beforeCertificates ?? false,
  })
  if ('problems' in read) return read
  const { root, reader, vars } = read
  const plan = buildPlan(root, reader, overrides, { file, vars })
  if (!plan || reader.problems.length > 0) return { problems: reader.problems }
  const { csms } = plan
  const beside = (path: string | undefined) => path && resolve(source.folder ?? dirname(file), path)
  const [files, tariffs] = [beside(csms.files), beside(csms.tariffs)]
  return { plan: { ...plan, csms: { ...csms, files, tariffs }, hash: hash.digest('hex') } }
}

/** Files that a scenario names, lists of stations, are made by machines. */
const largestNamedFile = 32 * 1024 * 1024

function fileReader(
  { file, folder = dirname(file) }: DocumentSource,
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
