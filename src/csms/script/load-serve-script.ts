import { checkSettings } from '../../document/fields/vars.ts'
import type { Problem } from '../../document/problem.ts'
import { type DocumentSource, readDocument } from '../../document/read-document.ts'
import type { Reader } from '../../document/reader.ts'
import { entryOf, type MapNode } from '../../document/source-node.ts'
import { describeVar, type VarSettings } from '../../document/vars.ts'
import type { Environment } from '../../document/yaml-tree.ts'
import { inScope, serveScript } from './file-field.ts'
import { isGlob } from './glob.ts'
import type { ScriptPart, ServeScript, UntilPlan } from './plan.ts'
import { serveSteps } from './steps/registry.ts'

/**
 * Checks a script of the management system's side. All problems of the file come at once, in its
 * order; `formatProblems` shows them.
 *
 * @param settings vars of the command line
 * @param environment for `${NAME}` in the file
 */
export function loadServeScript(
  source: DocumentSource,
  settings: VarSettings = {},
  environment: Environment = {},
): { readonly script: ServeScript } | { readonly problems: readonly Problem[] } {
  const read = readDocument(source, serveSteps, environment, settings)
  if ('problems' in read) return read
  const { root, reader, vars } = read
  const given = inScope(root, reader, () => serveScript.parse(root, reader))
  if (root.kind === 'map') {
    checkSettings(root, settings, reader)
    checkParts(root, reader)
  }
  if (!given || reader.problems.length > 0) return { problems: reader.problems }
  const { name, description, tolerate, stations, protocol, answers, script } = given
  const parts = given.parts ?? [{ stations, protocol, answers, script }]
  return {
    script: {
      name,
      description,
      file: source.file,
      vars: vars.map(describeVar),
      parts,
      until: untilPlan(parts, given.until),
      tolerate,
    },
  }
}

const ofOnePart = ['stations', 'protocol', 'answers', 'script'] as const

/** A file is one part or has several, and something is to happen. */
function checkParts(root: MapNode, reader: Reader): void {
  const several = entryOf(root, 'parts')
  const own = ofOnePart.flatMap((key) => entryOf(root, key) ?? [])
  if (several) {
    for (const { key, keySpan } of own) {
      reader.report(keySpan, `With "parts", "${key}" stands in each of them.`)
    }
    if (several.value.kind === 'list' && several.value.items.length === 0) {
      reader.report(several.value.span, 'An empty list; a script needs a part.')
    }
  } else if (!own.some(({ key }) => key === 'answers' || key === 'script')) {
    reader.report(root.span, 'A script says something: "answers", "script" or "parts" is missing.')
  }
  const played = several ? deepEntries(several.value) : own
  const until = entryOf(root, 'until')?.value
  const wanted = until?.kind === 'map' ? entryOf(until, 'stations') : undefined
  if (wanted && !played.some(({ key }) => key === 'script')) {
    reader.report(wanted.keySpan, 'Nobody ends a script here: no part has one. Say "within".')
  }
}

function deepEntries(node: MapNode['entries'][number]['value']) {
  if (node.kind !== 'list') return []
  return node.items.flatMap((item) => (item.kind === 'map' ? item.entries : []))
}

type GivenUntil =
  ReturnType<typeof serveScript.parse> extends infer Given
    ? Given extends { readonly until: infer Until }
      ? Until
      : never
    : never

function untilPlan(parts: readonly ScriptPart[], given: GivenUntil): UntilPlan {
  const played = parts.filter(({ script }) => script !== undefined)
  const named = new Set(played.flatMap(({ stations }) => stations.filter((one) => !isGlob(one))))
  const stations = given?.stations ?? Math.max(1, named.size)
  return {
    stations: played.length === 0 ? undefined : stations,
    withinMs: given?.within,
    idleMs: given?.idle ?? 600_000,
  }
}
