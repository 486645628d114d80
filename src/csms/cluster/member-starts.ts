import { randomBytes } from 'node:crypto'
import type { Wanted } from '../event-hub.ts'
import { ownerOf } from '../owner.ts'
import type { ServerOptions } from '../server.ts'
import { shareFolder } from '../store/deal-data.ts'
import type { MemberStart } from './messages.ts'
import type { Meeting } from './secure-entry.ts'

/** What TLS seals session tickets with: a name and two keys. */
const ticketKeyBytes = 48

export type ClusterOptions = ServerOptions & { readonly processes: number; readonly runId: string }

/** What each process is told at its start: the settings of all, and its share of the stations. */
export function memberStarts(
  options: ClusterOptions,
  wanted: Wanted,
  meeting: Meeting | undefined,
): MemberStart[] {
  const { processes, runId, dataDir, stations = [], unknownStations } = options
  return Array.from({ length: processes }, (_, process) => ({
    settings: {
      ...plainSettings(options),
      runId,
      dataDir: dataDir && shareFolder(dataDir, process, processes),
      stations: stations
        .filter(({ id }) => ownerOf(id, processes) === process)
        .map(({ id }) => ({ id })),
    },
    process,
    processes,
    clock: options.clock,
    wanted,
    tellsStations: unknownStations === 'reject',
    meeting,
  }))
}

/** What can be sent to another process. */
function plainSettings(options: ClusterOptions) {
  const { observer: _o, broken: _b, clock: _c, processes: _p, script: _s, ...rest } = options
  const { frames: _f, api: _a, ...settings } = rest
  return settings
}

/** A session that one process began may be resumed at any other. */
export function withTicketKeys(options: ClusterOptions): ClusterOptions {
  const { security } = options
  if (!security?.tls) return options
  const tls = { ...security.tls, ticketKeys: randomBytes(ticketKeyBytes) }
  return { ...options, security: { ...security, tls } }
}
