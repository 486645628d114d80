import type { Registration } from '../csms/domain/station.ts'
import type { Durability } from '../csms/store/durability.ts'
import type { TlsOptions } from './security-settings.ts'
import type { ScriptOptions } from './serve-script.ts'

/** What `csms serve` was told; times in milliseconds. */
export interface ServeOptions extends TlsOptions, ScriptOptions {
  readonly host?: readonly string[]
  readonly port: number
  readonly data?: string
  readonly durability?: Durability
  readonly files?: string
  readonly ftpPort?: number
  readonly stations?: string
  readonly tokens?: string
  readonly tariffs?: string
  readonly payments?: string
  readonly unknownStations: 'accept' | 'reject'
  readonly unknownTokens?: 'accept' | 'reject'
  readonly boot: Registration
  readonly heartbeatInterval: number
  readonly callTimeout: number
  readonly pingInterval: number
  /** The folder of a certificate authority. */
  readonly ca?: string
  readonly apiKeys?: string
  readonly apiRate?: number
  readonly messageLog: number
  readonly maxConnections: number
  /** False: `--no-compression`. */
  readonly compression: boolean
  readonly processes: number
  readonly logFormat: 'text' | 'json'
  readonly frames?: boolean
}
