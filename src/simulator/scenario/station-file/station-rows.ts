import type { OcppVersion } from '../../../ocpp/version.ts'
import { nearestName } from '../../../shared/nearest.ts'
import type { StationRow } from '../plan.ts'
import { longestIdentity, longestPassword, longestSerial, longestToken } from '../wire-lengths.ts'
import type { Cell, Fault, Table, TableRow } from './table.ts'

/** What a file of stations may say of each; only `id` has to be there. */
const stationColumns = [
  'id',
  'fleet',
  'protocol',
  'password',
  'token',
  'tokenType',
  'serial',
] as const

type Column = (typeof stationColumns)[number]

/** How many stations one file may hold. */
const mostRows = 250_000

/** More faults than this are echoes of one. */
const mostFaults = 20

/** Whose stations are wanted of a file. */
export interface WantedRows {
  readonly fleet: string
  readonly version: OcppVersion
  /** False where the command line says another version than the files. */
  readonly checkProtocol: boolean
}

/**
 * The stations of one fleet: all of the file, or those whose `fleet` column names it. Messages never
 * hold a password.
 */
export function stationRows(
  table: Table,
  wanted: WantedRows,
): { readonly rows: readonly StationRow[]; readonly faults: readonly Fault[] } {
  const faults = table.faults.length > 0 ? [...table.faults] : [...columnFaults(table)]
  if (faults.length > 0) return { rows: [], faults }
  if (table.rows.length > mostRows) {
    const span = table.rows[mostRows]?.span ?? { start: 0, end: 1 }
    return { rows: [], faults: [{ span, message: `More than ${mostRows} stations in one file.` }] }
  }
  const lines = new Map<string, TableRow>()
  const rows: StationRow[] = []
  for (const row of table.rows) {
    if (faults.length >= mostFaults) break
    const own = textOf(row, 'fleet')
    if (own !== '' && own !== wanted.fleet) continue
    const fault = rowFault(row, wanted) ?? duplicateFault(row, lines)
    if (fault) faults.push(fault)
    else rows.push(stationRow(row))
  }
  if (rows.length === 0 && faults.length === 0) faults.push(nobody(table, wanted.fleet))
  return { rows, faults }
}

function columnFaults({ columns, rows }: Table): readonly Fault[] {
  const [first] = columns
  if (first && !columns.some(({ text }) => isColumn(text))) {
    const message = 'No column is known: the first line names them, like id,password,token.'
    return [{ span: first.span, message }]
  }
  const faults = columns.flatMap(({ text, span }): readonly Fault[] => {
    if (text.startsWith('x-') || isColumn(text)) return []
    const near = nearestName(text, stationColumns)
    const hint =
      near === undefined
        ? `Known are ${stationColumns.join(', ')}; yours begin with "x-".`
        : `Did you mean "${near}"?`
    return [{ span, message: `Unknown column "${text}". ${hint}` }]
  })
  if (faults.length > 0 || rows.length === 0 || columns.some(({ text }) => text === 'id')) {
    return faults
  }
  return [{ span: columns[0]?.span ?? { start: 0, end: 1 }, message: 'There is no column "id".' }]
}

export function isColumn(name: string): boolean {
  return stationColumns.some((known) => known === name)
}

function rowFault(row: TableRow, { fleet, version, checkProtocol }: WantedRows): Fault | undefined {
  const id = row.cells.get('id')
  const at = (column: Column) => spanOf(row.cells.get(column), row)
  if (!id || id.text.trim() === '') return { span: at('id'), message: 'A station without an id.' }
  if (id.text !== id.text.trim() || /\p{Cc}/u.test(id.text)) {
    return { span: at('id'), message: 'An id has no blanks around it and no control characters.' }
  }
  if (id.text.includes(':')) {
    const message = 'An identity has no ":" (Basic auth ends the user name there).'
    return { span: at('id'), message }
  }
  const protocol = textOf(row, 'protocol')
  if (checkProtocol && protocol !== '' && protocol !== version) {
    const message = `"${protocol}", and fleet "${fleet}" speaks ${version}.`
    return { span: at('protocol'), message }
  }
  const limits: readonly (readonly [Column, number])[] = [
    ['id', longestIdentity],
    ['token', longestToken[version]],
    ['password', longestPassword],
    ['serial', longestSerial],
    ['tokenType', 20],
  ]
  for (const [column, most] of limits) {
    const { length } = textOf(row, column)
    if (length <= most) continue
    const message = `${length} characters; ${column} has at most ${most} in ${version}.`
    return { span: at(column), message }
  }
  return undefined
}

function duplicateFault(row: TableRow, seen: Map<string, TableRow>): Fault | undefined {
  const id = textOf(row, 'id')
  if (!seen.has(id)) {
    seen.set(id, row)
    return undefined
  }
  const message = `There is a station "${id}" above already.`
  return { span: spanOf(row.cells.get('id'), row), message }
}

function nobody({ columns }: Table, fleet: string): Fault {
  const ofFleets = columns.find(({ text }) => text === 'fleet')
  const span = ofFleets?.span ?? { start: 0, end: 1 }
  const message = ofFleets
    ? `No station here is of fleet "${fleet}".`
    : 'There is no station in this file.'
  return { span, message }
}

function stationRow(row: TableRow): StationRow {
  const said = (column: Column): string | undefined => textOf(row, column) || undefined
  return {
    id: textOf(row, 'id'),
    password: said('password'),
    token: said('token'),
    tokenType: said('tokenType'),
    serial: said('serial'),
  }
}

function textOf(row: TableRow, column: Column): string {
  return row.cells.get(column)?.text ?? ''
}

/** An empty value has no place of its own to underline. */
function spanOf(cell: Cell | undefined, row: TableRow): Fault['span'] {
  const { start, end } = cell?.span ?? row.span
  return end > start ? { start, end } : { start, end: start + 1 }
}
