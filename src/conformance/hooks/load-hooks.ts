import type { Problem } from '../../document/problem.ts'
import { type DocumentSource, readDocument } from '../../document/read-document.ts'
import type { Reader } from '../../document/reader.ts'
import { entryOf, type SourceNode } from '../../document/source-node.ts'
import type { Environment } from '../../document/yaml-tree.ts'
import { ocppVersions } from '../../ocpp/version.ts'
import { hooksFile } from './hooks-field.ts'
import type { HooksPlan } from './plan.ts'
import { templateNames } from './template.ts'

/**
 * Checks a hooks file. All problems of the file come at once, in its order; `formatProblems` shows
 * them.
 *
 * @param environment for `${NAME}` in the file
 * @param pathOf full path of a module that the file names
 */
export function loadHooks(
  source: DocumentSource,
  environment: Environment,
  pathOf: (path: string) => string,
): { readonly plan: HooksPlan } | { readonly problems: readonly Problem[] } {
  const read = readDocument(source, {}, environment, {}, { pathOf })
  if ('problems' in read) return read
  const { root, reader } = read
  const scope = { versions: ocppVersions, saved: new Set<string>(), used: [] }
  const given = reader.within(scope, () => hooksFile.parse(root, reader))
  const preset = root.kind === 'map' ? entryOf(root, 'preset') : undefined
  if (given && preset && given.api === undefined) {
    reader.report(preset.keySpan, `The preset "${given.preset ?? ''}" needs "api": its URL.`)
  }
  if (given && given.api === undefined) refuseApi(root, reader)
  if (!given || reader.problems.length > 0) return { problems: reader.problems }
  const { timeout, patience, ...rest } = given
  return { plan: { file: source.file, ...rest, timeoutMs: timeout, manualMs: patience } }
}

/** Without "api" nothing may name it. */
function refuseApi(node: SourceNode, reader: Reader): void {
  if (node.kind === 'list') for (const item of node.items) refuseApi(item, reader)
  if (node.kind === 'map') for (const { value } of node.entries) refuseApi(value, reader)
  if (node.kind !== 'scalar' || !templateNames(node.text).includes('api')) return
  reader.report(node.span, '"{{api}}" stands in URLs: the file needs "api".')
}
