import type { Problem } from '../../document/problem.ts'
import { type DocumentSource, readDocument } from '../../document/read-document.ts'
import type { Environment } from '../../document/yaml-tree.ts'
import type { ConformanceCase } from '../cases/case.ts'
import { claimsOf } from '../cases/claims.ts'

/** The features and profiles that cases ask for, in the order of the catalogue. */
export function featuresOf(cases: readonly ConformanceCase[]): readonly string[] {
  return [...new Set(cases.flatMap((one) => claimsOf(one).flat()))]
}

/**
 * Checks a features file: `C-13: false` for what the CSMS does not claim. What it does not name is
 * claimed.
 *
 * @param known every feature there is
 */
export function loadFeatures(
  source: DocumentSource,
  environment: Environment,
  known: readonly string[],
): { readonly claimed: ReadonlySet<string> } | { readonly problems: readonly Problem[] } {
  const read = readDocument(source, {}, environment)
  if ('problems' in read) return read
  const { root, reader } = read
  const denied = new Set<string>()
  if (root.kind !== 'map') reader.refuse(root, 'features like {C-13: false}')
  for (const { key, keySpan, value } of root.kind === 'map' ? root.entries : []) {
    if (!known.includes(key)) {
      reader.reportUnknown(keySpan, `No case asks for the feature "${key}"`, key, known)
    } else if (value.kind !== 'scalar' || typeof value.value !== 'boolean') {
      reader.underKey(key, () => reader.refuse(value, 'true or false'))
    } else if (!value.value) {
      denied.add(key)
    }
  }
  if (reader.problems.length > 0) return { problems: reader.problems }
  return { claimed: new Set(known.filter((feature) => !denied.has(feature))) }
}
