import type { Dial } from '../../ocpp/dial.ts'
import type { PayloadValidators } from '../../ocpp/schemas.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Hook } from '../hooks/hook.ts'
import type { Fixtures } from './fixtures.ts'
import type { Patience } from './patience.ts'
import type { Target } from './target.ts'

/** What a case is played with. */
export interface PlayOptions {
  readonly version: OcppVersion
  readonly target: Target
  readonly hooks: readonly Hook[]
  readonly fixtures: Fixtures
  /** Identity of the station that a lane plays a case with; lanes above `parallel`: a second one. */
  readonly stationId: (lane: number, caseId: string) => string
  readonly dial: Dial
  readonly validators: PayloadValidators
  readonly clock: Clock
  /** Salt of the message ids; 1 to 10 letters and digits. */
  readonly runId: string
  /** Cases that are played side by side. */
  readonly parallel: number
  /** Real milliseconds until what must come counts as missing. */
  readonly timeoutMs: number
  /** Real milliseconds that silence has to last to count. */
  readonly silenceMs: number
  readonly patience: Patience
}
