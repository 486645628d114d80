import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { actionsOf } from '../../src/ocpp/action.ts'
import { blocks21, blocks201, profiles16 } from '../../src/ocpp/functional-groups.ts'
import type { OcppVersion } from '../../src/ocpp/version.ts'
import { code, page, table } from './markdown.ts'

/** What one role was seen to do because of an exchange. */
interface SeenEffect {
  readonly effect: string
  readonly clause: string
}

/** An exchange whose CALL, answer and effects a test saw. */
export interface EvidenceRow {
  readonly action: string
  /** 1.6: its feature profile; 2.x: the letter of its functional block. */
  readonly group: string
  readonly from: 'station' | 'csms'
  /** Its status, or its fields. */
  readonly answer: string
  readonly station: SeenEffect
  readonly csms: SeenEffect
  /** The file of the test. */
  readonly test: string
}

/** How the specification of a version speaks. */
interface Specification {
  /** `OCPP 1.6 and its security whitepaper`. */
  readonly name: string
  readonly station: string
  readonly csms: string
  /** What its clauses are. */
  readonly clauses: string
  /** Folder of its tests in `test/evidence`. */
  readonly tests: string
  /** Profiles or blocks in the order of the specification, and what people call them. */
  readonly groups: Readonly<Record<string, string>>
}

const specification2x = { station: 'charging station', csms: 'CSMS', tests: 'ocpp2x' } as const

const specifications: Readonly<Record<OcppVersion, Specification>> = {
  'ocpp1.6': {
    name: 'OCPP 1.6 and its security whitepaper',
    station: 'charge point',
    csms: 'central system',
    clauses: 'Clauses are those of OCPP 1.6 edition 2; SWP is the security whitepaper.',
    tests: 'ocpp16',
    groups: profiles16,
  },
  'ocpp2.0.1': {
    ...specification2x,
    name: 'OCPP 2.0.1',
    clauses: 'Clauses are use cases and requirements of OCPP 2.0.1 edition 3, Part 2.',
    groups: blocks201,
  },
  'ocpp2.1': {
    ...specification2x,
    name: 'OCPP 2.1',
    clauses:
      'Clauses are use cases and requirements of Part 2: of 2.0.1 where 2.1 says the same, of 2.1 where it is new.',
    groups: blocks21,
  },
}

const folder = join(import.meta.dirname, '../../test/evidence')

/** What the tests of `test/evidence` saw of this version when it was last written down. */
export async function evidenceRows(version: OcppVersion): Promise<readonly EvidenceRow[]> {
  const seen = join(folder, 'seen', version)
  const names = (await readdir(seen)).filter((name) => name.endsWith('.json')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(seen, name), 'utf8')))
  return texts.flatMap((text) => JSON.parse(text) as EvidenceRow[])
}

/** Where the tests of this version are. */
export function evidenceTests(version: OcppVersion): string {
  return join(folder, specifications[version].tests)
}

/** `docs/reference/ocpp16.md` and its like. */
export async function evidencePage(version: OcppVersion): Promise<string> {
  const specification = specifications[version]
  const { name, station, csms, clauses, tests, groups } = specification
  const rows = await evidenceRows(version)
  const actions = Object.keys(actionsOf[version])
  const shown = actions.filter((action) => rows.some((row) => row.action === action))
  const missing = actions.filter((action) => !shown.includes(action))
  return page(
    `OCPP ${version.replace('ocpp', '')}, action by action`,
    `**${shown.length} of ${actions.length}** actions of ${name} have a row.` +
      (missing.length === 0 ? '' : ` Without one: ${missing.map(code).join(', ')}.`),
    `The rows are what the tests of \`test/evidence/${tests}\` saw. They put a relay between a real station ` +
      'and a real management system; an action has a row only if the relay saw its CALL and its CALLRESULT ' +
      'on a WebSocket (of a SEND, which has no answer: the SEND), and if afterwards something had come of it ' +
      'in each of the two roles: another frame, a variable, a meter value, a stored row of the operator’s API, ' +
      'an uploaded file. The same look at things before the CALL must find nothing, and neither the CALL nor ' +
      'its answer counts as an effect: Accepted without effect is no row.',
    '`npm test` fails where the tests see anything else than stands here; `npm run gen:evidence` runs them ' +
      `and writes it anew. ${clauses}`,
    ...Object.entries(groups).flatMap(([group, title]) => [
      `## ${title}`,
      tableOf(
        rows.filter((row) => row.group === group),
        { station, csms, tests },
      ),
    ]),
  )
}

function tableOf(
  rows: readonly EvidenceRow[],
  { station, csms, tests }: Pick<Specification, 'station' | 'csms' | 'tests'>,
): string {
  const effect = ({ effect: words, clause }: SeenEffect) => `${words} [${clause}]`
  return table(
    ['action', 'sent by', 'answered', station, csms, 'seen in'],
    inOrder(rows).map((row) => [
      code(row.action),
      row.from === 'station' ? station : csms,
      code(row.answer),
      effect(row.station),
      effect(row.csms),
      `[${row.test}](../../test/evidence/${tests}/${row.test})`,
    ]),
  )
}

function inOrder(rows: readonly EvidenceRow[]): readonly EvidenceRow[] {
  return rows.toSorted((a, b) => a.action.localeCompare(b.action) || a.from.localeCompare(b.from))
}
