import { processUsage } from '../../platform/process-usage.ts'
import type { CsmsParts } from '../compose.ts'
import type { Token } from '../domain/token.ts'
import type { TransactionRecord } from '../domain/transaction.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import type { LoggedMessage, MessageFilter } from '../message-log.ts'
import type { Store } from '../store/store.ts'
import { type StationDetails, stationDetails, transactionView } from '../views.ts'
import type {
  Holdings,
  Measures,
  Operations,
  Rows,
  StationPart,
  TokenChanged,
  TokenEdit,
  TransactionPage,
  TransactionQuery,
} from './operations.ts'
import { jsonRows, matching, stationViews } from './rows.ts'
import { type PartName, type PartQuery, stationParts } from './station-parts.ts'
import { applyTokenEdit } from './token-edits.ts'

/** The operations of a management system that is this process. */
export class LocalOperations implements Operations {
  readonly #store: Store
  readonly #parts: CsmsParts

  constructor(store: Store, parts: CsmsParts) {
    this.#store = store
    this.#parts = parts
  }

  get storeKind(): Store['kind'] {
    return this.#store.kind
  }

  holdings(): Holdings {
    return {
      connections: this.#parts.gateway.connections,
      stations: this.#store.stations.count,
      transactions: this.#store.transactions.count,
    }
  }

  measures(): Measures {
    return {
      holdings: this.holdings(),
      counters: this.#parts.domain.counters.snapshot(),
      processes: [{ process: 0, ...processUsage() }],
    }
  }

  troubles(): readonly string[] {
    const { trouble } = this.#store
    return trouble === undefined ? [] : [trouble]
  }

  stations(connected: boolean | undefined): Rows {
    return jsonRows(stationViews(this.#store.stations.list(), connected))
  }

  station(stationId: string): StationDetails | undefined {
    const station = this.#parts.gateway.station(stationId)
    return station && stationDetails(station)
  }

  stationPart(stationId: string, part: PartName, query: PartQuery): StationPart | undefined {
    const { gateway, domain } = this.#parts
    const station = gateway.station(stationId)
    return station && { value: stationParts[part].view({ station, domain }, query) }
  }

  transactions(query: TransactionQuery): TransactionPage {
    const chosen = matching(this.#store.transactions, query)
    const { limit } = query
    if (limit === undefined) return { rows: jsonRows(views(chosen)), next: undefined }
    const page: TransactionRecord[] = []
    for (const transaction of chosen) {
      if (page.length === limit) return { rows: jsonRows(views(page)), next: page.at(-1)?.ordinal }
      page.push(transaction)
    }
    return { rows: jsonRows(views(page)), next: undefined }
  }

  tokens(): Rows {
    return jsonRows(this.#store.tokens.list())
  }

  token(idToken: string): Token | undefined {
    return this.#store.tokens.get(idToken)
  }

  async editToken(edit: TokenEdit): Promise<TokenChanged | undefined> {
    const changed = applyTokenEdit(this.#store.tokens, edit)
    await this.#store.barrier?.passed()
    return changed
  }

  async removeToken(idToken: string): Promise<boolean> {
    const known = this.#store.tokens.remove(idToken)
    await this.#store.barrier?.passed()
    return known
  }

  messages(filter: MessageFilter): readonly LoggedMessage[] {
    return this.#parts.messages?.find(filter) ?? []
  }

  command(
    stationId: string,
    action: string,
    payload: object,
    waitMs: number | undefined,
  ): Promise<CommandOutcome> {
    return this.#parts.commander.send(stationId, action, payload, waitMs)
  }
}

function* views(transactions: Iterable<TransactionRecord>) {
  for (const transaction of transactions) yield transactionView(transaction)
}
