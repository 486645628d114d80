/** A transaction as the station that made it remembers it. */
export interface LedgerEntry {
  readonly stationId: string
  /** Null where the CSMS was to give the id (1.6) and its answer never came. */
  readonly transactionId: string | number | null
  /** RFC 3339, the station's wire clock. */
  readonly startedAt: string
  readonly stoppedAt: string | null
  readonly energyWh: number
  /** The CSMS answered the start, so it must know the transaction. */
  readonly acknowledgedStart: boolean
  /** The CSMS answered the stop, so it must know end and energy. */
  readonly acknowledgedStop: boolean
}

/** A transaction as the CSMS stored it: a row of `GET /api/v1/transactions` or of `--books URL`. */
export interface BooksRow {
  readonly stationId: string
  readonly transactionId: string | number
  readonly startedAt: string | null
  readonly stoppedAt: string | null
  readonly energyWh: number | null
}

/** The last status of a connector, from either side. */
export interface ConnectorStatusEntry {
  readonly stationId: string
  readonly evseId: number
  readonly connectorId: number
  readonly status: string
}

type MismatchKind =
  | 'missing in the CSMS'
  | 'unknown to the station'
  | 'stop missing in the CSMS'
  | 'stop unknown to the station'
  | 'energy differs'
  | 'stored twice'
  | 'id given twice'
  | 'status differs'

export interface Mismatch {
  readonly kind: MismatchKind
  readonly stationId: string
  /** A transaction's id, or `evse/connector` of a status. */
  readonly subject: string
  /** What the station's ledger holds. */
  readonly station: string | number | null
  /** What the CSMS holds. */
  readonly csms: string | number | null
}

/** Where the CSMS's books came from. */
export type BooksSource = 'embedded' | 'url'

export interface Books {
  /** False: nobody could look, and nothing is claimed. */
  readonly checked: boolean
  /** Why nobody could look although somebody wanted to, one sentence. */
  readonly unreadable?: string
  readonly source: BooksSource | null
  /** Transactions held against each other. */
  readonly compared: number
  /** Acknowledged by the CSMS and missing there. */
  readonly lost: number
  /** Every other difference. */
  readonly mismatched: number
  /** The first of them; `lost + mismatched` is the full number. */
  readonly mismatches: readonly Mismatch[]
}

export const uncheckedBooks: Books = {
  checked: false,
  source: null,
  compared: 0,
  lost: 0,
  mismatched: 0,
  mismatches: [],
}

export interface BothSides {
  readonly source: BooksSource
  readonly ledger: Iterable<LedgerEntry>
  readonly rows: Iterable<BooksRow>
  /** The stations of this run; rows of others are none of its business. */
  readonly isOurs: (stationId: string) => boolean
  /**
   * Rows that stood there before the run: another run's, ignored unless a ledger names them. (By
   * their times one could not tell: a backdated run lies in the past of the one before it.)
   */
  readonly earlier?: Iterable<BooksRow>
  /** Last connector statuses whose notification was acknowledged, and what the CSMS shows. */
  readonly statuses?: {
    readonly stations: Iterable<ConnectorStatusEntry>
    readonly csms: Iterable<ConnectorStatusEntry>
  }
}

/** How many differences are listed; the number of all is told. */
export const listedMismatches = 100
const toleranceWh = 1

/**
 * Holds every station's ledger against what the CSMS stored. What the CSMS never acknowledged is
 * not held against it, whichever way it decided.
 */
export function compareBooks(sides: BothSides): Books {
  const audit = new Audit()
  const rows = indexRows(sides.rows, audit)
  const unacknowledged = new Set<string>()
  const seen = new Set<string>()
  for (const entry of sides.ledger) {
    audit.compared += 1
    if (entry.transactionId === null) {
      unacknowledged.add(startKey(entry.stationId, entry.startedAt))
      continue
    }
    const key = transactionKey(entry.stationId, entry.transactionId)
    if (seen.has(key)) audit.differs('id given twice', entry, null, null)
    seen.add(key)
    compareEntry(entry, rows.get(key), audit)
  }
  const earlier = new Set<string>()
  for (const row of sides.earlier ?? [])
    earlier.add(transactionKey(row.stationId, row.transactionId))
  for (const [key, row] of rows) {
    if (seen.has(key) || earlier.has(key) || !sides.isOurs(row.stationId)) continue
    if (unacknowledged.has(startKey(row.stationId, row.startedAt))) continue
    audit.differs('unknown to the station', row, null, row.startedAt)
  }
  if (sides.statuses) compareStatuses(sides.statuses, audit)
  return audit.books(sides.source)
}

class Audit {
  compared = 0
  #lost = 0
  #mismatched = 0
  readonly #mismatches: Mismatch[] = []

  differs(
    kind: MismatchKind,
    of: { readonly stationId: string; readonly transactionId: string | number | null },
    station: Mismatch['station'],
    csms: Mismatch['csms'],
  ): void {
    const { stationId, transactionId } = of
    this.add({ kind, stationId, subject: String(transactionId), station, csms })
  }

  add(mismatch: Mismatch): void {
    if (mismatch.kind === 'missing in the CSMS') this.#lost += 1
    else this.#mismatched += 1
    if (this.#mismatches.length < listedMismatches) this.#mismatches.push(mismatch)
  }

  books(source: BooksSource): Books {
    return {
      checked: true,
      source,
      compared: this.compared,
      lost: this.#lost,
      mismatched: this.#mismatched,
      mismatches: this.#mismatches,
    }
  }
}

function indexRows(rows: Iterable<BooksRow>, audit: Audit): Map<string, BooksRow> {
  const index = new Map<string, BooksRow>()
  for (const row of rows) {
    const key = transactionKey(row.stationId, row.transactionId)
    if (index.has(key)) audit.differs('stored twice', row, null, row.startedAt)
    else index.set(key, row)
  }
  return index
}

function compareEntry(entry: LedgerEntry, row: BooksRow | undefined, audit: Audit): void {
  if (!row) {
    if (entry.acknowledgedStart || entry.acknowledgedStop) {
      audit.differs('missing in the CSMS', entry, entry.startedAt, null)
    }
    return
  }
  if (entry.stoppedAt === null && row.stoppedAt !== null) {
    audit.differs('stop unknown to the station', entry, null, row.stoppedAt)
  }
  if (!entry.acknowledgedStop) return
  if (row.stoppedAt === null) {
    audit.differs('stop missing in the CSMS', entry, entry.stoppedAt, null)
  }
  if (row.energyWh === null || Math.abs(row.energyWh - entry.energyWh) > toleranceWh) {
    audit.differs('energy differs', entry, entry.energyWh, row.energyWh)
  }
}

function compareStatuses(statuses: NonNullable<BothSides['statuses']>, audit: Audit): void {
  const known = new Map<string, string>()
  for (const entry of statuses.csms) known.set(connectorKey(entry), entry.status)
  for (const entry of statuses.stations) {
    const csms = known.get(connectorKey(entry)) ?? null
    if (csms === entry.status) continue
    const { stationId, evseId, connectorId, status } = entry
    const subject = `${evseId}/${connectorId}`
    audit.add({ kind: 'status differs', stationId, subject, station: status, csms })
  }
}

function transactionKey(stationId: string, transactionId: string | number): string {
  return `${stationId}\n${transactionId}`
}

/** Times as instants: a CSMS may write the same one with another offset or precision. */
function startKey(stationId: string, startedAt: string | null): string {
  const at = startedAt === null ? Number.NaN : Date.parse(startedAt)
  return `${stationId}\n${Math.floor(at / 1000)}`
}

function connectorKey({ stationId, evseId, connectorId }: ConnectorStatusEntry): string {
  return `${stationId}\n${evseId}\n${connectorId}`
}
