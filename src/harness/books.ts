import type { StationView } from '../csms/views.ts'
import { reasonOf } from '../platform/operator-api.ts'
import type { LedgerEntry as BooksEntry, BooksRow, ConnectorStatusEntry } from '../report/books.ts'
import type { LedgerEntry } from '../simulator/station/ledger.ts'

/** Rows read at a time from an operator's API. */
const pageSize = 20_000

/** The transactions that a csms stored, page by page. Rejects with a sentence. */
export async function readApiBooks(api: string): Promise<BooksRow[]> {
  const rows: BooksRow[] = []
  let next: string | undefined = `${api}/api/v1/transactions?limit=${pageSize}`
  while (next !== undefined) {
    const { page, link } = await readPage(next)
    for (const row of page) rows.push(row)
    next = link === null ? undefined : nextOf(link, next)
  }
  return rows
}

/** The last status of every connector, as a csms shows it. Rejects with a sentence. */
export async function readApiStatuses(api: string): Promise<ConnectorStatusEntry[]> {
  const { page } = await readArray(`${api}/api/v1/stations`)
  return page.flatMap((value) => {
    const { id, connectors } = value as Pick<StationView, 'id' | 'connectors'>
    return connectors.map(({ evseId = 0, connectorId, status }) => {
      return { stationId: id, evseId, connectorId, status }
    })
  })
}

/** The books of an external CSMS: a GET that returns all rows. Rejects with a sentence. */
export async function readUrlBooks(
  url: string,
  headers: Readonly<Record<string, string>>,
): Promise<BooksRow[]> {
  return (await readPage(url, headers)).page
}

async function readPage(
  url: string,
  headers?: Readonly<Record<string, string>>,
): Promise<{ readonly page: BooksRow[]; readonly link: string | null }> {
  const { page, link } = await readArray(url, headers)
  return { page: page.map((row, i) => rowOf(row, `${url}, row ${i + 1}`)), link }
}

async function readArray(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<{ readonly page: readonly unknown[]; readonly link: string | null }> {
  let body: unknown
  let link: string | null
  try {
    const response = await fetch(url, { headers, signal: AbortSignal.timeout(60_000) })
    if (!response.ok) throw new Error(`HTTP ${response.status}`)
    link = response.headers.get('link')
    body = await response.json()
  } catch (error) {
    throw new Error(`the books at ${url} could not be read: ${reasonOf(error)}`, { cause: error })
  }
  if (!Array.isArray(body)) throw new Error(`the books at ${url} are no JSON array`)
  return { page: body, link }
}

function rowOf(value: unknown, where: string): BooksRow {
  const row = (typeof value === 'object' && value !== null ? value : {}) as Record<string, unknown>
  const { stationId, transactionId, startedAt, stoppedAt, energyWh } = row
  if (typeof stationId !== 'string') throw new Error(`${where}: stationId is no text`)
  if (typeof transactionId !== 'string' && typeof transactionId !== 'number') {
    throw new Error(`${where}: transactionId is neither text nor number`)
  }
  return {
    stationId,
    transactionId,
    startedAt: typeof startedAt === 'string' ? startedAt : null,
    stoppedAt: typeof stoppedAt === 'string' ? stoppedAt : null,
    energyWh: typeof energyWh === 'number' ? energyWh : null,
  }
}

/** The target of `rel="next"` in a Link header (RFC 8288). */
function nextOf(link: string, base: string): string | undefined {
  const match = /<([^>]*)>\s*;[^,]*\brel="?next"?/.exec(link)
  return match?.[1] === undefined ? undefined : new URL(match[1], base).href
}

/** A station's own entry as the report compares it. */
export function booksEntry(entry: LedgerEntry): BooksEntry {
  return {
    stationId: entry.stationId,
    transactionId: entry.transactionId === '' ? null : entry.transactionId,
    startedAt: entry.startedAt,
    stoppedAt: entry.stoppedAt ?? null,
    energyWh: entry.meterWh - entry.meterStartWh,
    acknowledgedStart: entry.startAcknowledged,
    acknowledgedStop: entry.stopAcknowledged,
  }
}
