import { cut, tableLines } from '../report/table.ts'
import { csmsError } from '../shared/errors.ts'
import { partsOfStation, type Schemas } from './api/operations.ts'
import { type ApiOptions, OperatorClient } from './api/operator-client.ts'
import type { CliContext } from './context.ts'
import { terminalStyle } from './terminal-style.ts'

export interface StationsOptions extends ApiOptions {
  readonly connected?: boolean
  readonly json?: boolean
}

/** All stations of a csms, as a table. */
export async function showStations(ctx: CliContext, options: StationsOptions): Promise<void> {
  const { connected, json } = options
  const query = { connected: connected === true ? true : undefined }
  const all = await new OperatorClient(options).ask('listStations', { query })
  if (json) {
    print(ctx, all)
  } else if (all.length === 0) {
    ctx.stderr.write(`There are no ${connected ? 'connected ' : ''}stations.\n`)
  } else {
    const [head = '', ...rows] = tableLines(table(all))
    ctx.stdout.write(`${[terminalStyle(ctx.colour).dim(head), ...rows].join('\n')}\n`)
  }
}

/** Everything that is known of one. */
export async function showStation(
  ctx: CliContext,
  stationId: string,
  options: StationsOptions,
): Promise<void> {
  print(ctx, await new OperatorClient(options).ask('getStation', { path: { stationId } }))
}

/** One part of what is known of one. */
export async function showPart(
  ctx: CliContext,
  stationId: string,
  part: string,
  options: StationsOptions,
): Promise<void> {
  const id = Object.hasOwn(partsOfStation, part)
    ? partsOfStation[part as keyof typeof partsOfStation]
    : undefined
  if (!id) {
    const known = Object.keys(partsOfStation).join(', ')
    throw csmsError('CSMS_USAGE', { message: `There is no part "${part}"; there are ${known}.` })
  }
  const client = new OperatorClient(options)
  print(ctx, await client.ask(id, { path: { stationId } }))
}

function print(ctx: CliContext, value: unknown): void {
  ctx.stdout.write(`${JSON.stringify(value, undefined, 2)}\n`)
}

function table(all: readonly Schemas['Station'][]) {
  return {
    head: ['station', 'connected', 'protocol', 'boot', 'model', 'connectors', 'last seen'],
    rows: all.map((station) => [
      cut(station.id, 48),
      station.connected ? 'yes' : 'no',
      station.protocol ?? '',
      station.registration ?? '',
      cut(`${station.vendor ?? ''} ${station.model ?? ''}`.trim(), 24),
      cut(station.connectors.map(({ status }) => status).join(' '), 40),
      station.lastSeen?.slice(0, 19).replace('T', ' ') ?? '',
    ]),
  }
}
