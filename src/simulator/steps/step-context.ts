import type { StepPlan } from '../../document/step-form.ts'
import type { Cancel } from '../../shared/cancel.ts'
import type { StationActor } from './actor.ts'
import type { IncomingLog } from './incoming-log.ts'
import type { SignalBoard } from './signal-board.ts'
import type { Variables } from './variables.ts'

/** What came of asking the CSMS to send a station something. */
export type CommandOutcome =
  | { readonly kind: 'answered'; readonly payload: object }
  | { readonly kind: 'callError'; readonly code: string; readonly description: string }
  /** Sent, and no answer came, or none that is valid; `reason` is one sentence. */
  | { readonly kind: 'unanswered'; readonly reason: string }
  /** Not sent. */
  | { readonly kind: 'failed'; readonly reason: string }

/** Makes the CSMS send a station a CALL; `waitMs` is real time. Never rejects. */
export type SendCommand = (
  stationId: string,
  action: string,
  payload: object,
  waitMs: number,
) => Promise<CommandOutcome>

/** What a step acts on. */
export interface StepContext {
  readonly actor: StationActor
  readonly cancel: Cancel
  readonly variables: Variables
  /** The station stood before the script began: booting it does nothing new. */
  readonly standing: boolean
  /** CALLs of the CSMS that this script has not yet expected. */
  readonly incoming: IncomingLog
  readonly command: SendCommand
  /** Between the stations of the run. */
  readonly signals: SignalBoard
  log(text: string): void
  /** Runs nested steps one after the other, with `cancel` in place of the context's own. */
  runSteps(steps: readonly StepPlan[], cancel?: Cancel): Promise<void>
  /**
   * As `runSteps`, for one round of a loop: what an event of the timeline breaks off in the outermost
   * loop is over with the round, and the loop goes on when the station is fit again.
   */
  runRound(steps: readonly StepPlan[]): Promise<void>
}

/** Thrown by a step that did not come out as the script says. Ends the station's script. */
export class StepFailure extends Error {
  /** The same for every station that fails this way, to be counted. */
  readonly summary: string

  /** @param detail with this station's own values */
  constructor(summary: string, detail: string = summary) {
    super(detail)
    this.name = 'StepFailure'
    this.summary = summary
  }
}
