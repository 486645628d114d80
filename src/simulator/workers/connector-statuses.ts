import type { ConnectorStatus } from './worker-messages.ts'

/**
 * The last status of every connector that the CSMS acknowledged, for the books. What it may or may
 * not have heard is not held against it.
 */
export class ConnectorStatuses {
  readonly #stations = new Map<string, Map<string, ConnectorStatus>>()

  /** A StatusNotification was settled. */
  settled(stationId: string, payload: object, acknowledged: boolean): void {
    const status = readStatus(stationId, payload)
    // A raw CALL may hold anything.
    if (!status) return
    const key = `${status.evseId}/${status.connectorId}`
    if (acknowledged) this.#of(stationId).set(key, status)
    else this.#stations.get(stationId)?.delete(key)
  }

  /** A frame went out that nobody looked into: what it said is not known. */
  forget(stationId: string): void {
    this.#stations.delete(stationId)
  }

  all(): ConnectorStatus[] {
    return [...this.#stations.values()].flatMap((station) => [...station.values()])
  }

  #of(stationId: string): Map<string, ConnectorStatus> {
    const known = this.#stations.get(stationId)
    if (known) return known
    const made = new Map<string, ConnectorStatus>()
    this.#stations.set(stationId, made)
    return made
  }
}

/** 1.6: connectorId and status; 2.x: evseId, connectorId and connectorStatus. */
function readStatus(stationId: string, payload: object): ConnectorStatus | undefined {
  const {
    evseId = 0,
    connectorId,
    status,
    connectorStatus = status,
  } = payload as Partial<Record<string, unknown>>
  const numbered = typeof evseId === 'number' && typeof connectorId === 'number'
  if (!numbered || typeof connectorStatus !== 'string') return undefined
  return { stationId, evseId, connectorId, status: connectorStatus }
}
