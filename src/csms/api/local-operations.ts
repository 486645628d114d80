import type { TransactionRecord } from '../domain/transaction.ts'
import type { Commander, CommandOutcome } from '../gateway/commander.ts'
import type { Gateway } from '../gateway/gateway.ts'
import type { Store } from '../store/store.ts'
import { type StationDetails, stationDetails, transactionView } from '../views.ts'
import type { Holdings, Operations, Rows, TransactionPage, TransactionQuery } from './operations.ts'
import { jsonRows, matching, stationViews } from './rows.ts'

/** The operations of a management system that is this process. */
export class LocalOperations implements Operations {
  readonly #store: Store
  readonly #gateway: Gateway
  readonly #commander: Commander

  constructor(store: Store, gateway: Gateway, commander: Commander) {
    this.#store = store
    this.#gateway = gateway
    this.#commander = commander
  }

  get storeKind(): Store['kind'] {
    return this.#store.kind
  }

  holdings(): Holdings {
    return {
      connections: this.#gateway.connections,
      stations: this.#store.stations.count,
      transactions: this.#store.transactions.count,
    }
  }

  stations(connected: boolean | undefined): Rows {
    return jsonRows(stationViews(this.#store.stations.list(), connected))
  }

  station(stationId: string): StationDetails | undefined {
    const station = this.#gateway.station(stationId)
    return station && stationDetails(station)
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

  command(
    stationId: string,
    action: string,
    payload: object,
    waitMs: number | undefined,
  ): Promise<CommandOutcome> {
    return this.#commander.send(stationId, action, payload, waitMs)
  }
}

function* views(transactions: Iterable<TransactionRecord>) {
  for (const transaction of transactions) yield transactionView(transaction)
}
