import type { OcppVersion } from '../ocpp/version.ts'
import type { ReporterChoice } from './reporter-choice.ts'

/** What `csms simulate` was told; times in milliseconds. */
export interface SimulateOptions {
  readonly target?: readonly string[]
  readonly localAddress?: readonly string[]
  readonly protocol?: OcppVersion
  readonly stations?: number
  readonly duration?: number
  readonly speed?: number
  readonly seed?: number
  readonly set?: Readonly<Record<string, string>>
  readonly workers?: number
  readonly processes?: number
  readonly out: string
  readonly json?: boolean
  readonly quiet?: boolean
  readonly dryRun?: boolean
  readonly connectTimeout: number
  readonly books?: string
  readonly api?: string
  readonly apiKey?: string
  readonly runId?: string
  readonly backdate: 'on' | 'off'
  readonly header?: Readonly<Record<string, string>>
  readonly ca?: string
  readonly cert?: string
  readonly key?: string
  readonly insecure?: boolean
  readonly resolve?: Readonly<Record<string, string>>
  readonly frames?: boolean
  readonly reporter?: readonly ReporterChoice[]
  readonly metricsPort?: number
  readonly ui: boolean
}
