import type { PayloadValidators } from '../ocpp/schemas.ts'
import type { SecurityProfile } from '../ocpp/security-profile.ts'
import type { OcppVersion } from '../ocpp/version.ts'
import type { Clocks } from '../shared/clock.ts'
import type { ServerTls } from '../transport/tls-settings.ts'
import type { SecurePort } from '../transport/websocket-server.ts'
import type { ApiSettings } from './api/access/access.ts'
import type { BootPolicy } from './domain/registration.ts'
import type { Token } from './domain/token.ts'
import type { CsmsObserver } from './events.ts'
import type { UploadLogin } from './files/upload-login.ts'
import type { ScriptDirector } from './script/director.ts'
import type { Durability } from './store/durability.ts'

/** A station that is known before it connects. */
export interface StationSeed {
  readonly id: string
  /** In plain; kept only in memory, as a salted hash. */
  readonly password?: string | undefined
  /** As `hashPassword` made it. */
  readonly passwordHash?: string | undefined
  /** Its serial number, which its client certificate may carry in place of the identity. */
  readonly serial?: string | undefined
  /** The lowest security profile that it may use, in place of the settings'. */
  readonly securityProfile?: SecurityProfile | undefined
}

/** TLS and who may come in over what. */
export interface SecuritySettings {
  /** The lowest profile that any station may use; default: any. */
  readonly profile?: SecurityProfile | undefined
  /** Certificates of the server; without them it speaks no TLS. */
  readonly tls?: ServerTls | undefined
  /** The port of TLS beside the other; without it TLS takes the place of the other. */
  readonly tlsPort?: number | undefined
  /** What the organisation (O) of client certificates must be; default: anything. */
  readonly organization?: string | undefined
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
  /** Default: no TLS, and stations use what profile they like. */
  readonly security?: SecuritySettings | undefined
  /** What charging costs: the file of `--tariffs`; default: nobody calculates. */
  readonly tariffsFile?: string | undefined
  /** How drivers pay on the web: the file of `--payments`; default: they do not. */
  readonly paymentsFile?: string | undefined
  /** Folder of a certificate authority, as `csms certs init` makes it: it signs for stations. */
  readonly caDir?: string | undefined
  /** Default: every station is Accepted. */
  readonly boot?: BootPolicy | undefined
  /** Seconds, default 300. */
  readonly heartbeatIntervalSeconds?: number | undefined
  /** Vendors whose DataTransfer is accepted. */
  readonly vendors?: readonly string[] | undefined
  /** Folder of the lowdb store; without it nothing outlives the process. */
  readonly dataDir?: string | undefined
  /** Folder of the files that it offers to stations; without it there is no file server. */
  readonly filesDir?: string | undefined
  /** Folder of what stations upload; default `uploads` in that one. */
  readonly uploadsDir?: string | undefined
  /** Whom uploads over HTTP are taken from, over FTP they are from anybody; default: there, too. */
  readonly uploadLogin?: UploadLogin | undefined
  /** Offers the files over FTP, too; 0 picks a free port. */
  readonly ftpPort?: number | undefined
  /** What an acknowledged change survives, where there is a data folder; default `batch`. */
  readonly durability?: Durability | undefined
  /** With `none`: how long changes are gathered before a snapshot is written; default 1000. */
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
  /** Negotiates permessage-deflate with stations that offer it [2.0.1 Part 4 3.3]; default on. */
  readonly compression?: boolean | undefined
  /** Versions whose everyday validators are made before it listens; default none. */
  readonly prepare?: readonly OcppVersion[] | undefined
  /** Who may ask the operator's API, and how often. */
  readonly api?: ApiSettings | undefined
  /** Latest messages that each process keeps for the API; default none. */
  readonly messageLog?: number | undefined
  /** Salt of the message ids, at most 10 characters; default random. */
  readonly runId?: string | undefined
}

export interface CsmsOptions extends CsmsSettings {
  /** Default: the machine's, simulated time being real time. */
  readonly clocks?: Clocks | undefined
  /** Default: those of the official schemas. Several systems of one process may share them. */
  readonly validators?: PayloadValidators | undefined
  readonly observer?: CsmsObserver | undefined
  /** Scripts what stations hear and are sent. */
  readonly script?: ScriptDirector | undefined
  /** Sends every frame, without its secrets, to the observer. */
  readonly frames?: boolean | undefined
}

export const defaults = {
  host: '127.0.0.1',
  port: 9000,
  heartbeatIntervalSeconds: 300,
  durability: 'batch',
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

/** Ports to listen at: one, or one without TLS and one with. */
export function portsOf({ port = defaults.port, security }: CsmsSettings): {
  readonly port?: number
  readonly secure?: SecurePort
} {
  const { tls, tlsPort } = security ?? {}
  if (!tls) return { port }
  if (tlsPort === undefined) return { secure: { port, tls } }
  return { port, secure: { port: tlsPort, tls } }
}

/** What stations connect to, their identity appended. */
function listeningUrl(host: string, port: number, scheme: 'ws' | 'wss' = 'ws'): string {
  return `${scheme}://${host.includes(':') ? `[${host}]` : host}:${port}`
}

/** The URLs of every address, those without TLS first; a port 0 is none. */
export function listeningUrls(
  hosts: readonly string[],
  { port, securePort }: { readonly port: number; readonly securePort: number },
): readonly string[] {
  const plain = port === 0 ? [] : hosts.map((host) => listeningUrl(host, port))
  const secure = securePort === 0 ? [] : hosts.map((host) => listeningUrl(host, securePort, 'wss'))
  return [...plain, ...secure]
}
