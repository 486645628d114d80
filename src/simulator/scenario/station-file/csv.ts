import { counted } from '../counted.ts'
import type { Cell, Fault, Table, TableRow } from './table.ts'

/** Reads CSV with a head [RFC 4180]: commas, quotes where needed, any kind of line end. */
export function readCsv(text: string): Table {
  return new CsvReader(text).table()
}

class CsvReader {
  readonly #text: string
  readonly #faults: Fault[] = []
  #at = 0

  constructor(text: string) {
    this.#text = text
  }

  table(): Table {
    if (this.#text.trim() === '') {
      const message = 'The file is empty: its first line names the columns, like id,password,token.'
      return { columns: [], rows: [], faults: [{ span: { start: 0, end: 1 }, message }] }
    }
    const head = this.#record()
    const columns = head.map(({ text, span }) => ({ text: text.trim(), span }))
    this.#checkHead(columns)
    const rows: TableRow[] = []
    while (this.#at < this.#text.length && this.#faults.length === 0) {
      const start = this.#at
      const cells = this.#record()
      const [first] = cells
      // An empty line, as editors leave it at the end.
      if (cells.length === 1 && first?.text === '' && first.span.start === first.span.end) continue
      const span = { start, end: cells.at(-1)?.span.end ?? start }
      if (cells.length !== columns.length) {
        const here = counted(cells.length, 'value')
        const message = `${here} here, and ${counted(columns.length, 'column')} in the head.`
        this.#faults.push({ span, message })
      }
      rows.push({ span, cells: new Map(columns.map(({ text }, i) => [text, cells[i] ?? blank])) })
    }
    return { columns, rows, faults: this.#faults }
  }

  #checkHead(columns: readonly Cell[]): void {
    const names = new Set<string>()
    for (const { text, span } of columns) {
      const shown = span.end > span.start ? span : { start: span.start, end: span.start + 1 }
      if (text.includes(';') || text.includes('\t')) {
        this.#faults.push({ span, message: 'Columns are separated by commas.' })
      } else if (text === '') {
        this.#faults.push({ span: shown, message: 'A column without a name.' })
      } else if (names.has(text)) {
        this.#faults.push({ span, message: `There are two columns "${text}".` })
      }
      names.add(text)
    }
  }

  /** One record, with the line end behind it. */
  #record(): Cell[] {
    const cells: Cell[] = []
    for (;;) {
      cells.push(this.#text[this.#at] === '"' ? this.#quoted() : this.#bare())
      const sign = this.#text[this.#at]
      this.#at += sign === '\r' && this.#text[this.#at + 1] === '\n' ? 2 : 1
      if (sign !== ',') return cells
    }
  }

  #bare(): Cell {
    const start = this.#at
    bareEnd.lastIndex = start
    const end = bareEnd.exec(this.#text)?.index ?? this.#text.length
    this.#at = end
    return { text: this.#text.slice(start, end), span: { start, end } }
  }

  #quoted(): Cell {
    const start = this.#at
    let text = ''
    for (;;) {
      const close = this.#text.indexOf('"', this.#at + 1)
      if (close < 0) {
        const message = 'The quote that begins here does not end.'
        this.#faults.push({ span: { start, end: start + 1 }, message })
        this.#at = this.#text.length
        return { text, span: { start, end: this.#at } }
      }
      text += this.#text.slice(this.#at + 1, close)
      this.#at = close + 1
      if (this.#text[this.#at] !== '"') break
      // Two quotes stand for one.
      text += '"'
    }
    const end = this.#at
    const { span } = this.#bare()
    if (span.end > span.start) {
      const message = 'Behind a closing quote there is a comma or the end of the line.'
      this.#faults.push({ span, message })
    }
    return { text, span: { start, end } }
  }
}

const bareEnd = /[,\r\n]/g
const blank: Cell = { text: '', span: { start: 0, end: 0 } }
