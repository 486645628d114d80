import type { Field } from '../../document/fields/field.ts'
import type { ScriptValues } from '../../document/script-values.ts'
import type { StepForm, StepPlan } from '../../document/step-form.ts'
import type { Cancel } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'
import type { CommandOutcome } from '../gateway/commander.ts'
import type { CallLog } from './call-log.ts'
import type { Changes } from './changes.ts'
import type { AnswerPlan } from './plan.ts'

/** A station as the script of the other side sees it: the same over all its connections. */
export interface PlayedStation {
  readonly id: string
  readonly connected: boolean
  readonly calls: CallLog
  /** Tells of every connection, answered CALL and change of registration. */
  readonly changes: Changes
  /** As soon as it may be sent a CALL; undefined: not within the time. */
  call(action: string, payload: object, how: CallHow): Promise<CommandOutcome | undefined>
  /** Answers the next CALL of the action so, before `answers` are looked at. */
  replyOnce(action: string, answer: AnswerPlan): void
  /** False: it is not connected. */
  sendRaw(text: string): boolean
  pipeline(action: string, payload: object): boolean
  close(code: number, reason: string): boolean
}

export interface CallHow {
  readonly timeoutMs: number
  /** Also to a station that is not accepted. */
  readonly anyway: boolean
  readonly cancel: Cancel
}

/** What a step acts on. */
export interface StepContext {
  readonly station: PlayedStation
  /** Real time. */
  readonly clock: Clock
  readonly cancel: Cancel
  readonly variables: ScriptValues
  log(text: string): void
  /** Runs nested steps one after the other. */
  runSteps(steps: readonly StepPlan[]): Promise<void>
}

/** One step of the scripts of the management system's side, with what it does. */
export interface ServeStep<Args> extends StepForm {
  readonly args: Field<Args>
  /** Throws `StepFailure` when it does not come out as the script says. */
  run(args: Args, context: StepContext): Promise<void> | void
}

/** Types `run` by `args`. */
export function defineServeStep<Args>(step: ServeStep<Args>): ServeStep<Args> {
  return step
}

/** Thrown by a step that did not come out as the script says. Ends the station's script. */
export class StepFailure extends Error {
  constructor(reason: string) {
    super(reason)
    this.name = 'StepFailure'
  }
}
