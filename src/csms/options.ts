import type { PayloadValidators } from '../ocpp/schemas.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import type { Clocks } from '../shared/clock.ts'
import type { BootPolicy } from './domain/registration.ts'
import type { Token } from './domain/token.ts'
import type { CsmsObserver } from './events.ts'

/** A station that is known before it connects. */
export interface StationSeed {
  readonly id: string
  /** In plain; kept only in memory, as a salted hash. */
  readonly password?: string | undefined
  /** As `hashPassword` made it. */
  readonly passwordHash?: string | undefined
}

/** What is plain data, so that it can be handed to another process. */
export interface CsmsSettings {
  /** Default 127.0.0.1; of several addresses all listen at one port. */
  readonly host?: string | readonly string[] | undefined
  /** Default 9000; 0 picks a free port. */
  readonly port?: number | undefined
  readonly stations?: readonly StationSeed[] | undefined
  readonly tokens?: readonly Token[] | undefined
  /** Default `accept`. */
  readonly unknownStations?: 'accept' | 'reject' | undefined
  /** Whether tokens that nobody named may charge; default `reject`: they are Invalid or Unknown. */
  readonly unknownTokens?: 'accept' | 'reject' | undefined
  /** Default `optional`: stations with a password must present it, others come in freely. */
  readonly authentication?: 'optional' | 'required' | undefined
  /** Default: every station is Accepted. */
  readonly boot?: BootPolicy | undefined
  /** Seconds, default 300. */
  readonly heartbeatIntervalSeconds?: number | undefined
  /** Vendors whose DataTransfer is accepted. */
  readonly vendors?: readonly string[] | undefined
  /** Folder of the lowdb store; without it nothing outlives the process. */
  readonly dataDir?: string | undefined
  /** How long changes are gathered before a snapshot is written; default 1000. */
  readonly snapshotDelayMs?: number | undefined
  /** How long a station may take to answer a CALL; default 30,000. */
  readonly callTimeoutMs?: number | undefined
  /** Between pings of a station that says nothing; default 60,000; 0 sends none. */
  readonly pingIntervalMs?: number | undefined
  /** CALLs that may wait for one station; default 32. */
  readonly longestQueue?: number | undefined
  /** WebSockets at once; default 100,000. */
  readonly maxConnections?: number | undefined
  /** Longest frame that is accepted; default 256 KiB. */
  readonly maxPayloadBytes?: number | undefined
  /** Negotiates permessage-deflate with stations that offer it; default off. */
  readonly compression?: boolean | undefined
  /** Versions whose everyday validators are compiled before it listens; default none. */
  readonly prepare?: readonly OcppVersion[] | undefined
  /** Salt of the message ids, at most 10 characters; default random. */
  readonly runId?: string | undefined
}

export interface CsmsOptions extends CsmsSettings {
  /** Default: the machine's, simulated time being real time. */
  readonly clocks?: Clocks | undefined
  /** Default: those of the official schemas. Several systems of one process may share them. */
  readonly validators?: PayloadValidators | undefined
  readonly observer?: CsmsObserver | undefined
  /** Sends every frame, without its secrets, to the observer. */
  readonly frames?: boolean | undefined
}

export const defaults = {
  host: '127.0.0.1',
  port: 9000,
  heartbeatIntervalSeconds: 300,
  snapshotDelayMs: 1_000,
  callTimeoutMs: 30_000,
  pingIntervalMs: 60_000,
  longestQueue: 32,
  maxConnections: 100_000,
  maxPayloadBytes: 256 * 1024,
} as const

/** The addresses to listen on. */
export function hostsOf({ host = defaults.host }: CsmsSettings): readonly string[] {
  return typeof host === 'string' ? [host] : host
}

/** What stations connect to, their identity appended. */
export function listeningUrl(host: string, port: number): string {
  return `ws://${host.includes(':') ? `[${host}]` : host}:${port}`
}
