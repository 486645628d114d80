import type { ArrivalSnapshot } from './arrival-stats.ts'
import type { CommandSnapshot } from './command-stats.ts'
import type { ExchangeSnapshot } from './exchange-stats.ts'
import type { ScriptsSnapshot } from './script-log.ts'
import type { StationSnapshot } from './station-stats.ts'
import type { ViolationsSnapshot } from './violation-log.ts'

/** All that a recorder counted, as plain data that crosses processes and fits in a file. */
export interface Snapshot {
  readonly exchanges: readonly ExchangeSnapshot[]
  readonly stations: readonly StationSnapshot[]
  readonly commands: readonly CommandSnapshot[]
  readonly arrivals: readonly ArrivalSnapshot[]
  readonly violations: ViolationsSnapshot
  readonly scripts: ScriptsSnapshot
}
