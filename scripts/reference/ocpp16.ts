import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Actions16, actions16 } from '../../src/ocpp/v16/actions.ts'
import { code, page, table } from './markdown.ts'

/** What one role was seen to do because of an exchange. */
interface SeenEffect {
  readonly effect: string
  readonly clause: string
}

/** An exchange whose CALL, answer and effects a test saw. */
export interface EvidenceRow {
  readonly action: keyof Actions16
  readonly profile: string
  readonly from: 'station' | 'csms'
  /** Its status, or its fields. */
  readonly answer: string
  readonly station: SeenEffect
  readonly csms: SeenEffect
  /** The file of the test. */
  readonly test: string
}

const tests = join(import.meta.dirname, '../../test/ocpp16')

/** The profiles in the order of the specification, and what people call them. */
const profiles = {
  Core: 'Core',
  FirmwareManagement: 'Firmware Management',
  LocalAuthListManagement: 'Local Auth List Management',
  Reservation: 'Reservation',
  SmartCharging: 'Smart Charging',
  RemoteTrigger: 'Remote Trigger',
  Security: 'Security (whitepaper)',
} as const

/** What the tests of `test/ocpp16` saw when it was last written down. */
export async function evidenceRows(): Promise<readonly EvidenceRow[]> {
  const folder = join(tests, 'evidence')
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()
  const texts = await Promise.all(names.map((name) => readFile(join(folder, name), 'utf8')))
  return texts.flatMap((text) => JSON.parse(text) as EvidenceRow[])
}

/** `docs/reference/ocpp16.md`. */
export async function ocpp16Reference(): Promise<string> {
  const rows = await evidenceRows()
  const actions = Object.keys(actions16)
  const shown = actions.filter((action) => rows.some((row) => row.action === action))
  const missing = actions.filter((action) => !shown.includes(action))
  return page(
    'OCPP 1.6, action by action',
    `**${shown.length} of ${actions.length}** actions of OCPP 1.6 and its security whitepaper have a row.` +
      (missing.length === 0 ? '' : ` Without one: ${missing.map(code).join(', ')}.`),
    'The rows are what the tests of `test/ocpp16` saw. They put a relay between a real station and a real ' +
      'management system; an action has a row only if the relay saw its CALL and its CALLRESULT on a ' +
      'WebSocket, and if afterwards something had come of it in each of the two roles: another frame, a ' +
      'configuration variable, a meter value, a stored row of the operator’s API, an uploaded file. The same ' +
      'look at things before the CALL must find nothing, and neither the CALL nor its answer counts as ' +
      'an effect: Accepted without effect is no row.',
    '`npm test` fails where the tests see anything else than stands here; `npm run gen:evidence` runs them ' +
      'and writes it anew. Clauses are those of OCPP 1.6 edition 2; SWP is the security whitepaper.',
    ...Object.entries(profiles).flatMap(([profile, title]) => [
      `## ${title}`,
      tableOf(rows.filter((row) => row.profile === profile)),
    ]),
  )
}

function tableOf(rows: readonly EvidenceRow[]): string {
  const effect = ({ effect: words, clause }: SeenEffect) => `${words} [${clause}]`
  return table(
    ['action', 'sent by', 'answered', 'charge point', 'central system', 'seen in'],
    inOrder(rows).map((row) => [
      code(row.action),
      row.from === 'station' ? 'charge point' : 'central system',
      code(row.answer),
      effect(row.station),
      effect(row.csms),
      `[${row.test}](../../test/ocpp16/${row.test})`,
    ]),
  )
}

function inOrder(rows: readonly EvidenceRow[]): readonly EvidenceRow[] {
  return rows.toSorted((a, b) => a.action.localeCompare(b.action) || a.from.localeCompare(b.from))
}
