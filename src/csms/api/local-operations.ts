import { processUsage } from '../../platform/process-usage.ts'
import type { CsmsParts } from '../compose.ts'
import { dropDelivery } from '../domain/certificates.ts'
import { registerStation, removeStation } from '../domain/registry.ts'
import type { TariffView } from '../domain/tariffs.ts'
import type { Token } from '../domain/token.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import type { LoggedMessage, MessageFilter } from '../message-log.ts'
import { tokenKey } from '../store/changes.ts'
import type { Store } from '../store/store.ts'
import { type StationDetails, stationDetails, stationView, transactionView } from '../views.ts'
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
} from './operations.ts'
import { pageOf, stationsMeant, transactionsMeant } from './rows.ts'
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
    const { stations, tokens, transactions, journalBytes, trouble } = this.#store
    const { connections, connectionsByVersion } = this.#parts.gateway
    return {
      connections,
      connectionsByVersion,
      stations: stations.count,
      tokens: tokens.count,
      transactions: transactions.count,
      journalBytes,
      stuckStores: trouble === undefined ? 0 : 1,
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

  stations(query: StationQuery): Page<string> {
    const meant = stationsMeant(this.#store.stations, query)
    return pageOf(meant, query.limit, stationView, ({ id }) => id)
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

  async editStation(edit: StationEdit): Promise<StationEdited> {
    const record = registerStation(this.#parts.domain, edit)
    if (!record) return { status: 'wrong' }
    await this.#store.barrier?.passed()
    return { status: 'done', station: stationView(record) }
  }

  async removeStation(stationId: string, force: boolean): Promise<StationRemoved> {
    const { domain, gateway } = this.#parts
    const station = gateway.station(stationId)
    if (!station) return 'unknown'
    if (!removeStation(domain, station, force)) return 'busy'
    gateway.remove(stationId)
    await this.#store.barrier?.passed()
    return 'removed'
  }

  endConnections(meant: Connections, reason: string): number {
    const { gateway, domain } = this.#parts
    if ('certificateSerial' in meant) dropDelivery(domain, meant.certificateSerial)
    return gateway.end(
      ({ record }) =>
        'stationId' in meant
          ? record.id === meant.stationId
          : record.security?.certificateSerial === meant.certificateSerial,
      reason,
    )
  }

  transactions(query: TransactionQuery): Page<number> {
    const meant = transactionsMeant(this.#store.transactions, query)
    return pageOf(meant, query.limit, transactionView, ({ ordinal }) => ordinal)
  }

  tokens({ after, limit }: TokenQuery): Page<string> {
    const meant = this.#store.tokens.sorted(after)
    return pageOf(
      meant,
      limit,
      (token) => token,
      ({ idToken }) => tokenKey(idToken),
    )
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

  tariffs(): readonly TariffView[] {
    return this.#parts.domain.tariffs?.views() ?? []
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
