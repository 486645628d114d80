import { ocppVersions } from '../../ocpp/version.ts'
import { processUsage } from '../../platform/process-usage.ts'
import type {
  Connections,
  Holdings,
  Measures,
  Operations,
  Page,
  StationEdit,
  StationEdited,
  StationPart,
  StationQuery,
  StationRemoved,
  TokenChanged,
  TokenEdit,
  TokenQuery,
  TransactionQuery,
} from '../api/operations.ts'
import { joinRows, rowsPerPiece } from '../api/rows.ts'
import type { PartName, PartQuery } from '../api/station-parts.ts'
import type { CountersSnapshot } from '../counters.ts'
import type { TariffView } from '../domain/tariffs.ts'
import type { Token } from '../domain/token.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import type { LoggedMessage, MessageFilter } from '../message-log.ts'
import { ownerOf } from '../owner.ts'
import type { Store } from '../store/store.ts'
import type { StationDetails } from '../views.ts'
import type { MemberLink } from './member-link.ts'
import { MergedRows, type Row } from './merged-rows.ts'

/** Rows asked of a process at a time: a few hundred KiB. */
const mostRows = 1_000

/** The operations of a management system of several processes: asked of the owner, or of all. */
export class ClusterOperations implements Operations {
  readonly storeKind: Store['kind']
  readonly #members: readonly MemberLink[]

  readonly #counters: () => Promise<CountersSnapshot>

  /** @param counters of all processes, this one included */
  constructor(
    members: readonly MemberLink[],
    storeKind: Store['kind'],
    counters: () => Promise<CountersSnapshot>,
  ) {
    this.#members = members
    this.storeKind = storeKind
    this.#counters = counters
  }

  async holdings(): Promise<Holdings> {
    const each = await Promise.all(this.#members.map((member) => member.ask({ kind: 'holdings' })))
    // Tokens are known to every process.
    return { ...each.reduce(addHoldings), tokens: each[0]?.tokens ?? 0 }
  }

  async measures(): Promise<Measures> {
    const [holdings, counters] = await Promise.all([this.holdings(), this.#counters()])
    const used = [processUsage(), ...this.#members.map(({ usage }) => usage)]
    const processes = used.map((usage, process) => ({ process, ...usage }))
    return { holdings, counters, processes }
  }

  async troubles(): Promise<readonly string[]> {
    const each = await Promise.all(this.#members.map((member) => member.ask({ kind: 'troubles' })))
    return [...new Set(each.flat())]
  }

  stations({ after, limit, connected }: StationQuery): Promise<Page<string>> {
    const count = countOf(limit)
    const lists = this.#members.map(
      (member) => (behind: string) =>
        member.ask({ kind: 'stations', after: behind, connected, count }),
    )
    return pageFrom(new MergedRows(lists, after), limit)
  }

  editStation(edit: StationEdit): Promise<StationEdited> {
    return this.#owner(edit.stationId).ask({ kind: 'editStation', edit })
  }

  removeStation(stationId: string, force: boolean): Promise<StationRemoved> {
    return this.#owner(stationId).ask({ kind: 'removeStation', stationId, force })
  }

  async endConnections(meant: Connections, reason: string): Promise<number> {
    const members = 'stationId' in meant ? [this.#owner(meant.stationId)] : this.#members
    const each = await Promise.all(
      members.map((member) => member.ask({ kind: 'endConnections', meant, reason })),
    )
    return each.reduce((sum, count) => sum + count, 0)
  }

  stationPart(
    stationId: string,
    part: PartName,
    query: PartQuery,
  ): Promise<StationPart | undefined> {
    return this.#owner(stationId).ask({ kind: 'stationPart', stationId, part, query })
  }

  /** Every process knows the same. */
  tokens({ after, limit }: TokenQuery): Promise<Page<string>> {
    const count = countOf(limit)
    const list = (behind: string) => this.#any.ask({ kind: 'tokens', after: behind, count })
    return pageFrom(new MergedRows([list], after), limit)
  }

  token(idToken: string): Promise<Token | undefined> {
    return this.#any.ask({ kind: 'token', idToken })
  }

  /** In the same order everywhere: the channels keep the order in which edits are sent here. */
  async editToken(edit: TokenEdit): Promise<TokenChanged | undefined> {
    const [first] = await Promise.all(
      this.#members.map((member) => member.ask({ kind: 'editToken', edit })),
    )
    return first
  }

  async removeToken(idToken: string): Promise<boolean> {
    const [first] = await Promise.all(
      this.#members.map((member) => member.ask({ kind: 'removeToken', idToken })),
    )
    return first ?? false
  }

  tariffs(): Promise<readonly TariffView[]> {
    return this.#any.ask({ kind: 'tariffs' })
  }

  async messages(filter: MessageFilter): Promise<readonly LoggedMessage[]> {
    const { stationId, limit } = filter
    const members = stationId === undefined ? this.#members : [this.#owner(stationId)]
    const each = await Promise.all(
      members.map((member) => member.ask({ kind: 'messages', filter })),
    )
    const all = each.flat()
    // RFC 3339 of one length: the order of the texts is that of time.
    if (each.length > 1) all.sort((a, b) => (a.at < b.at ? -1 : a.at > b.at ? 1 : 0))
    return all.slice(-limit)
  }

  station(stationId: string): Promise<StationDetails | undefined> {
    return this.#owner(stationId).ask({ kind: 'station', stationId })
  }

  async transactions(query: TransactionQuery): Promise<Page<number>> {
    const { limit, after } = query
    return pageFrom(new MergedRows(await this.#lists(query), after), limit)
  }

  command(
    stationId: string,
    action: string,
    payload: object,
    waitMs: number | undefined,
  ): Promise<CommandOutcome> {
    return this.#owner(stationId).ask({ kind: 'command', stationId, action, payload, waitMs })
  }

  get #any(): MemberLink {
    const [any] = this.#members
    if (!any) throw new Error('there is no process')
    return any
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
    const count = countOf(limit)
    return members.map(
      (member) => (after: number) =>
        member.ask({ kind: 'transactions', stationId, open, after, upTo, count }),
    )
  }
}

/** How much of a list a process is asked for: one more than the page tells whether there is another. */
function countOf(limit: number | undefined): number {
  return Math.min(mostRows, (limit ?? mostRows) + 1)
}

async function pageFrom<Key extends string | number>(
  merged: MergedRows<Key>,
  limit: number | undefined,
): Promise<Page<Key>> {
  if (limit === undefined) return { rows: piecesOf(merged), next: undefined }
  const rows = await merged.take(limit + 1)
  const isLast = rows.length <= limit
  const page = isLast ? rows : rows.slice(0, limit)
  return { rows: pieces(page), next: isLast ? undefined : page.at(-1)?.key }
}

async function* piecesOf<Key extends string | number>(
  merged: MergedRows<Key>,
): AsyncGenerator<string> {
  for (;;) {
    const rows = await merged.take(rowsPerPiece)
    if (rows.length > 0) yield joinRows(rows.map(({ text }) => text))
    if (rows.length < rowsPerPiece) return
  }
}

function* pieces(rows: readonly Row<string | number>[]): Generator<string> {
  for (let at = 0; at < rows.length; at += rowsPerPiece) {
    yield joinRows(rows.slice(at, at + rowsPerPiece).map(({ text }) => text))
  }
}

function addHoldings(one: Holdings, other: Holdings): Holdings {
  const versions = ocppVersions.map((version) => [
    version,
    one.connectionsByVersion[version] + other.connectionsByVersion[version],
  ])
  return {
    connections: one.connections + other.connections,
    connectionsByVersion: Object.fromEntries(versions) as Holdings['connectionsByVersion'],
    stations: one.stations + other.stations,
    tokens: one.tokens + other.tokens,
    transactions: one.transactions + other.transactions,
    journalBytes: one.journalBytes + other.journalBytes,
    stuckStores: one.stuckStores + other.stuckStores,
  }
}
