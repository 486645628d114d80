import { csmsError } from '../shared/errors.ts'
import type { ApiOptions } from './api/api-options.ts'
import { partsOfStation, type Schemas } from './api/operations.ts'
import { OperatorClient } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { printJson, printTable } from './print-table.ts'

export interface StationsOptions extends ApiOptions {
  readonly connected?: boolean
  readonly offline?: boolean
  readonly json?: boolean
}

/** All stations of a csms, as a table. */
export async function showStations(ctx: CliContext, options: StationsOptions): Promise<void> {
  const { connected = false, offline = false, json } = options
  if (connected && offline) {
    throw csmsError('CSMS_USAGE', { message: 'A station is connected or --offline, not both.' })
  }
  const query = { connected: connected === offline ? undefined : connected }
  const stations = await new OperatorClient(ctx, options).ask('listStations', { query })
  if (json) {
    printJson(ctx, { stations })
  } else if (stations.length === 0) {
    ctx.stderr.write(`${nobody(connected, offline)}\n`)
  } else {
    printTable(ctx, head, stations.map(row))
  }
}

/** Everything that is known of one. */
export async function showStation(
  ctx: CliContext,
  stationId: string,
  options: StationsOptions,
): Promise<void> {
  refuseFilters(options)
  printJson(ctx, await new OperatorClient(ctx, options).ask('getStation', { path: { stationId } }))
}

/** One part of what is known of one. */
export async function showPart(
  ctx: CliContext,
  stationId: string,
  part: string,
  options: StationsOptions,
): Promise<void> {
  refuseFilters(options)
  const id = Object.hasOwn(partsOfStation, part)
    ? partsOfStation[part as keyof typeof partsOfStation]
    : undefined
  if (!id) {
    const known = Object.keys(partsOfStation).join(', ')
    throw csmsError('CSMS_USAGE', { message: `There is no part "${part}"; there are ${known}.` })
  }
  printJson(ctx, await new OperatorClient(ctx, options).ask(id, { path: { stationId } }))
}

function refuseFilters({ connected, offline }: StationsOptions): void {
  if (!connected && !offline) return
  const message = '--connected and --offline choose among all stations: name none beside them.'
  throw csmsError('CSMS_USAGE', { message })
}

function nobody(connected: boolean, offline: boolean): string {
  if (connected) return 'No station is connected.'
  if (offline) return 'No station is known that is not connected.'
  return 'No station is known yet: one appears when it connects, or with "csms stations add".'
}

const head = ['station', 'connected', 'protocol', 'boot', 'model', 'connectors', 'last seen (UTC)']

function row(station: Schemas['Station']): readonly string[] {
  return [
    station.id,
    station.connected ? 'yes' : 'no',
    station.protocol ?? '',
    station.registration ?? '',
    `${station.vendor ?? ''} ${station.model ?? ''}`.trim(),
    statuses(station.connectors),
    station.lastSeen?.slice(0, 19).replace('T', ' ') ?? 'never',
  ]
}

/** `1 Charging, 2 Available`; 1.6's connector 0 only where something is wrong with the station. */
function statuses(connectors: readonly Schemas['Connector'][]): string {
  return connectors
    .filter(({ evseId, connectorId, status }) => {
      return evseId !== undefined || connectorId !== 0 || status !== 'Available'
    })
    .map(({ evseId, connectorId, status }) => {
      const place = evseId === undefined ? String(connectorId) : `${evseId}.${connectorId}`
      return `${place} ${status}`
    })
    .join(', ')
}
