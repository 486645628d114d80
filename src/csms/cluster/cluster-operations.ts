import type { Holdings, Operations, TransactionPage, TransactionQuery } from '../api/operations.ts'
import { joinRows, rowsPerPiece } from '../api/rows.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import { ownerOf } from '../owner.ts'
import type { Store } from '../store/store.ts'
import type { StationDetails } from '../views.ts'
import type { MemberLink } from './member-link.ts'
import { MergedTransactions, type Row } from './merged-transactions.ts'

/** Transactions asked of a process at a time: a few hundred KiB. */
const mostRows = 1_000

/** The operations of a management system of several processes: asked of the owner, or of all. */
export class ClusterOperations implements Operations {
  readonly storeKind: Store['kind']
  readonly #members: readonly MemberLink[]

  constructor(members: readonly MemberLink[], storeKind: Store['kind']) {
    this.#members = members
    this.storeKind = storeKind
  }

  async holdings(): Promise<Holdings> {
    const each = await Promise.all(this.#members.map((member) => member.ask({ kind: 'holdings' })))
    const sum = { connections: 0, stations: 0, transactions: 0 }
    for (const { connections, stations, transactions } of each) {
      sum.connections += connections
      sum.stations += stations
      sum.transactions += transactions
    }
    return sum
  }

  /** Process by process. */
  async *stations(connected: boolean | undefined): AsyncGenerator<string> {
    for (const member of this.#members) {
      let skip: number | undefined = 0
      while (skip !== undefined) {
        const rows: { readonly text: string; readonly next: number | undefined } = await member.ask(
          { kind: 'stations', skip, connected },
        )
        if (rows.text !== '') yield rows.text
        skip = rows.next
      }
    }
  }

  station(stationId: string): Promise<StationDetails | undefined> {
    return this.#owner(stationId).ask({ kind: 'station', stationId })
  }

  async transactions(query: TransactionQuery): Promise<TransactionPage> {
    const { limit, after } = query
    const merged = new MergedTransactions(await this.#lists(query), after)
    if (limit === undefined) return { rows: piecesOf(merged), next: undefined }
    const rows = await merged.take(limit + 1)
    const isLast = rows.length <= limit
    const page = isLast ? rows : rows.slice(0, limit)
    return { rows: pieces(page), next: isLast ? undefined : page.at(-1)?.ordinal }
  }

  command(
    stationId: string,
    action: string,
    payload: object,
    waitMs: number | undefined,
  ): Promise<CommandOutcome> {
    return this.#owner(stationId).ask({ kind: 'command', stationId, action, payload, waitMs })
  }

  #owner(stationId: string): MemberLink {
    const owner = this.#members[ownerOf(stationId, this.#members.length)]
    if (!owner) throw new Error(`nobody owns ${stationId}`)
    return owner
  }

  /**
   * How to read each process's list up to the same ordinal, behind which every process goes on: who
   * polls with `after` misses nothing, though the processes count without asking each other.
   */
  async #lists({ stationId, open, limit }: TransactionQuery) {
    const members = stationId === undefined ? this.#members : [this.#owner(stationId)]
    const last = await Promise.all(members.map((member) => member.ask({ kind: 'lastOrdinal' })))
    const upTo = Math.max(...last)
    const count = Math.min(mostRows, (limit ?? mostRows) + 1)
    return members.map(
      (member) => (after: number) =>
        member.ask({ kind: 'transactions', stationId, open, after, upTo, count }),
    )
  }
}

async function* piecesOf(merged: MergedTransactions): AsyncGenerator<string> {
  for (;;) {
    const rows = await merged.take(rowsPerPiece)
    if (rows.length > 0) yield joinRows(rows.map(({ text }) => text))
    if (rows.length < rowsPerPiece) return
  }
}

function* pieces(rows: readonly Row[]): Generator<string> {
  for (let at = 0; at < rows.length; at += rowsPerPiece) {
    yield joinRows(rows.slice(at, at + rowsPerPiece).map(({ text }) => text))
  }
}
