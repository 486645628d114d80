import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Mutant } from '../../src/conformance/mutation/mutant.ts'
import { mutants } from '../../src/conformance/mutation/mutants/all-mutants.ts'
import { type OcppVersion, ocppVersions } from '../../src/ocpp/version.ts'
import { code, page, table } from './markdown.ts'

/** What came of one fault when all were last seeded. */
export interface FateRow {
  /** Its id. */
  readonly mutant: string
  /** The case that went red. */
  readonly caughtBy?: string
  /** Its check that told it. */
  readonly check?: string
  readonly survived?: 'seen, and not noticed' | 'never seen'
}

export const fatesFile = join(import.meta.dirname, '../../test/mutation/fates.json')

export async function fateRows(): Promise<readonly FateRow[]> {
  return JSON.parse(await readFile(fatesFile, 'utf8')) as FateRow[]
}

/** `docs/reference/mutation.md` */
export async function mutationPage(): Promise<string> {
  const fates = new Map((await fateRows()).map((row) => [row.mutant, row]))
  const caught = (some: readonly Mutant[]): number =>
    some.filter(({ id }) => fates.get(id)?.caughtBy !== undefined).length
  const survivors = mutants.filter(({ id }) => fates.get(id)?.caughtBy === undefined)
  const played = ocppVersions.filter((version) => of(version).length > 0)
  return page(
    'Faults that the conformance cases catch',
    `**${caught(mutants)} of ${mutants.length}** small faults are caught ` +
      `(${((caught(mutants) / mutants.length) * 100).toFixed(1)} %): ` +
      `${played.map((version) => `${caught(of(version))} of ${of(version).length} of ${nameOf(version)}`).join(', ')}.`,
    'A suite that judges is judged by what it lets pass. Each row is a CSMS with one fault: between a sound ' +
      'embedded CSMS and the station of a case a relay changes, drops, repeats or invents frames as that CSMS ' +
      'would, or the CSMS itself is set up wrong. A fault counts as caught if a case goes red by a check, the ' +
      'fault showed while it was played, and the same case is green without it right afterwards. Of a ' +
      'recommendation (SHOULD) a warning is enough.',
    '`npm run gen:mutation` seeds all of them and writes down which case caught each; `npm test` seeds those ' +
      'that were caught once more and fails where that case is green. The rows are in ' +
      '`src/conformance/mutation/mutants`.',
    '## Survivors',
    survivors.length === 0
      ? 'None.'
      : table(
          ['fault', 'what the CSMS does wrong', 'clause', 'by the cases', 'why'],
          survivors.map(({ id, title, clause, unseen = 'a case is missing' }) => [
            code(id),
            title,
            clause,
            fates.get(id)?.survived ?? 'not played yet',
            unseen,
          ]),
        ),
    ...played.flatMap((version) => [
      `## ${nameOf(version)}`,
      table(
        ['fault', 'what the CSMS does wrong', 'clause', 'caught by', 'its check'],
        of(version).flatMap(({ id, title, clause, level }) => {
          const { caughtBy, check = '' } = fates.get(id) ?? {}
          const words = level === 'SHOULD' ? `${title} (SHOULD)` : title
          return caughtBy === undefined ? [] : [[code(id), words, clause, code(caughtBy), check]]
        }),
      ),
    ]),
  )
}

function of(version: OcppVersion): readonly Mutant[] {
  return mutants.filter((one) => one.version === version)
}

function nameOf(version: OcppVersion): string {
  return `OCPP ${version.replace('ocpp', '')}`
}
