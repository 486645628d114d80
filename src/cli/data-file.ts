import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { whyUnreadable } from '../document/unreadable.ts'
import { csmsError } from '../shared/errors.ts'

/**
 * Reads a list of records from a JSON, YAML or CSV file (CSV: the first line names the columns, an
 * empty cell is an absent value). Throws `CSMS_CONFIG_INVALID`.
 */
export async function readRecords(
  cwd: string,
  file: string,
): Promise<readonly Readonly<Record<string, unknown>>[]> {
  const fail = (message: string, cause?: unknown) =>
    csmsError('CSMS_CONFIG_INVALID', { file, message }, cause)
  let text: string
  try {
    text = await readFile(resolve(cwd, file), 'utf8')
  } catch (error) {
    throw fail(`${whyUnreadable(error)}.`, error)
  }
  const value = file.toLowerCase().endsWith('.csv') ? parseCsv(text) : await parseYaml(text, fail)
  const list: unknown = Array.isArray(value) ? value : undefined
  if (!Array.isArray(list)) throw fail('it must hold a list.')
  return list.map((entry: unknown, i) => {
    if (typeof entry === 'string') return { id: entry, idToken: entry }
    if (typeof entry === 'object' && entry !== null && !Array.isArray(entry)) return { ...entry }
    throw fail(`entry ${i + 1} is neither a name nor an object.`)
  })
}

async function parseYaml(text: string, fail: (message: string) => Error): Promise<unknown> {
  const { readPlainYaml } = await import('../document/plain-yaml.ts')
  const read = readPlainYaml(text)
  if ('error' in read) throw fail(read.error)
  return read.value
}

/** RFC 4180: quoted cells may hold commas, doubled quotes and line breaks. */
export function parseCsv(text: string): Record<string, string>[] {
  const rows: string[][] = [[]]
  const cell = /("(?:[^"]|"")*"|[^,"\r\n]*)(,|\r?\n|$)/gy
  for (let match = cell.exec(text); match; match = cell.exec(text)) {
    const raw = match[1] ?? ''
    rows.at(-1)?.push(raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw.trim())
    if (match[2] === '') break
    if (match[2] !== ',') rows.push([])
  }
  const [head = [], ...body] = rows
  return body
    .filter((row) => row.some((value) => value !== ''))
    .map((row) => {
      const filled = head.map((name, i) => [name, row[i] ?? ''] as const)
      return Object.fromEntries(filled.filter(([, value]) => value !== ''))
    })
}
