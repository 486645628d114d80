import { Places, type Problem } from '../../../document/problem.ts'
import type { StationRow } from '../plan.ts'
import { readCsv } from './csv.ts'
import { readJson } from './json.ts'
import { isColumn, stationRows, type WantedRows } from './station-rows.ts'
import type { Table } from './table.ts'

/** Reads the stations of one fleet from CSV or JSON, by what stands in it. */
export function readStations(
  file: string,
  given: string,
  wanted: WantedRows,
): { readonly rows: readonly StationRow[]; readonly problems: readonly Problem[] } {
  const text = given.startsWith('\uFEFF') ? given.slice(1) : given
  const table = /^\s*[[{]/.test(text) ? readJson(text) : readCsv(text)
  const { rows, faults } = stationRows(table, wanted)
  if (faults.length === 0) return { rows, problems: [] }
  const source = { file, text: withoutPasswords(text, table) }
  const places = new Places(text)
  const problems = faults.map(({ span, message }) => ({ ...places.problem(span, message), source }))
  return { rows: [], problems }
}

/** The text with every password starred out, sign by sign: it is shown around what is wrong. */
function withoutPasswords(text: string, { columns, rows, faults }: Table): string {
  const hasHead = columns.some((column) => isColumn(column.text))
  if (faults.length > 0 || !hasHead) return withoutValues(text, hasHead)
  const pieces: string[] = []
  let at = 0
  for (const { cells } of rows) {
    const span = cells.get('password')?.span
    if (!span || span.end <= span.start) continue
    pieces.push(text.slice(at, span.start), starred(text.slice(span.start, span.end)))
    at = span.end
  }
  return pieces.join('') + text.slice(at)
}

/** Where the form is wrong nobody knows which value is a password: of CSV the head and first column stay. */
function withoutValues(text: string, hasHead: boolean): string {
  if (/^\s*[[{]/.test(text)) {
    return text.replace(/("password"\s*:\s*)([^,}\r\n]*)/g, (_all, key: string, value: string) => {
      return key + starred(value)
    })
  }
  const head = hasHead ? (/^[^\r\n]*/.exec(text)?.[0] ?? '') : ''
  return head + text.slice(head.length).replace(/(?<=,)[^,\r\n]+/g, starred)
}

function starred(text: string): string {
  return text.replace(/[^\r\n"]/g, '*')
}
