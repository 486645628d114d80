import { Cancel, Cancelled } from '../../shared/cancel.ts'
import { MissingValue } from '../scenario/expressions.ts'
import type { StepPlan } from '../scenario/plan.ts'
import type { IncomingCall, StationActor } from './actor.ts'
import { IncomingLog } from './incoming-log.ts'
import { type SendCommand, type StepContext, StepFailure } from './step-context.ts'
import type { StepTable } from './step-definition.ts'
import { Variables } from './variables.ts'

/** The step a script failed at, and why. */
export interface ScriptFailure {
  readonly step: string
  readonly line: number
  readonly column: number
  /** The same for all stations that fail this way, to be counted: names the step and its line. */
  readonly summary: string
  /** With this station's own values, one sentence. */
  readonly reason: string
}

export type ScriptResult =
  | { readonly kind: 'completed' }
  | { readonly kind: 'failed'; readonly failure: ScriptFailure }
  | { readonly kind: 'cancelled' }

export interface ScriptOptions {
  readonly actor: StationActor
  readonly steps: StepTable
  readonly script: readonly StepPlan[]
  /** Reactions by action of the CSMS. */
  readonly on: Readonly<Record<string, readonly StepPlan[]>>
  /** Reactions go on after the script, until `cancel`; false for scripts that are played again. */
  readonly reactAfterwards: boolean
  readonly command: SendCommand
  log(text: string): void
  /** A reaction failed after the script had ended (before that it fails the script). */
  reactionFailed(failure: ScriptFailure): void
  /** Something that is no step's failure: a fault of csms. The script counts as failed. */
  fault(error: unknown): void
  /** Calls the script and its reactions off; the result is then `cancelled`. */
  readonly cancel: Cancel
}

/** Reactions of one station that may run at once; further CALLs set off none until one is done. */
const mostReactions = 16

/** How long a reason may get: reports hold sentences, not payloads. */
const longestReason = 500

/**
 * Plays a script on one station. Resolves when the script, and the reactions it had set off by then,
 * are done; never rejects.
 */
export async function runScript(options: ScriptOptions): Promise<ScriptResult> {
  return new ScriptRun(options).play()
}

class ScriptRun {
  readonly #options: ScriptOptions
  /** Calls off the script and its reactions when one of them fails. */
  readonly #cancel = new Cancel()
  /** Lets go of the caller's cancel: one may outlive many plays. */
  readonly #forget: () => void
  readonly #incoming: IncomingLog
  readonly #variables: Variables
  readonly #reactions = new Set<Promise<void>>()
  #failure: ScriptFailure | undefined
  #ended = false

  constructor(options: ScriptOptions) {
    this.#options = options
    this.#forget = options.cancel.onCancel((reason) => this.#cancel.cancel(reason))
    this.#incoming = new IncomingLog(options.actor)
    this.#variables = new Variables(options.actor)
  }

  async play(): Promise<ScriptResult> {
    const { script, actor, cancel, on, reactAfterwards } = this.#options
    const reacts = Object.keys(on).length > 0
    const stop = reacts ? actor.onIncoming((call) => this.#react(call)) : () => undefined
    this.#cancel.onCancel(stop)
    await this.#attempt(script, this.#variables)
    while (this.#reactions.size > 0) await Promise.all(this.#reactions)
    this.#ended = true
    if (!reacts || !reactAfterwards || this.#cancel.cancelled) {
      stop()
      this.#forget()
    }
    if (this.#failure) return { kind: 'failed', failure: this.#failure }
    return { kind: cancel.cancelled ? 'cancelled' : 'completed' }
  }

  #react(call: IncomingCall): void {
    const { on } = this.#options
    const steps = Object.prototype.hasOwnProperty.call(on, call.action)
      ? on[call.action]
      : undefined
    if (!steps || this.#reactions.size >= mostReactions) return
    const running = this.#attempt(steps, this.#variables.with('request', call.payload))
    const tracked = running.finally(() => this.#reactions.delete(tracked))
    this.#reactions.add(tracked)
  }

  /** Runs steps; a failure ends the whole script. */
  async #attempt(steps: readonly StepPlan[], variables: Variables): Promise<void> {
    try {
      await this.#run(steps, this.#cancel, variables)
    } catch (error) {
      if (error instanceof Cancelled) return
      if (error instanceof FailedStep) this.#failed(error.failure)
      else this.#faulted(error)
    }
  }

  #faulted(error: unknown): void {
    this.#options.fault(error)
    const summary = `fault in csms: ${String(error)}`
    this.#failed({ step: '', line: 0, column: 0, summary, reason: summary })
  }

  #failed(failure: ScriptFailure): void {
    if (this.#ended) {
      this.#options.reactionFailed(failure)
      return
    }
    this.#failure ??= failure
    this.#cancel.cancel('a step failed')
  }

  async #run(steps: readonly StepPlan[], cancel: Cancel, variables: Variables): Promise<void> {
    const context: StepContext = {
      actor: this.#options.actor,
      cancel,
      variables,
      incoming: this.#incoming,
      command: this.#options.command,
      log: (text) => this.#options.log(text),
      runSteps: (nested, inner = cancel) => this.#run(nested, inner, variables),
    }
    for (const step of steps) {
      cancel.throwIfCancelled()
      try {
        await this.#options.steps[step.step]?.run(step.args, context)
      } catch (error) {
        throw asFailedStep(error, step)
      }
    }
  }
}

/** Carries a failure out of nested steps: the innermost step is the one that failed. */
class FailedStep extends Error {
  readonly failure: ScriptFailure

  constructor(failure: ScriptFailure) {
    super(failure.reason)
    this.failure = failure
  }
}

function asFailedStep(error: unknown, { step, line, column }: StepPlan): unknown {
  const failed = (summary: string, reason: string) =>
    new FailedStep({
      step,
      line,
      column,
      summary: `${step} (line ${line}): ${summary}`,
      reason: reason.slice(0, longestReason),
    })
  if (error instanceof StepFailure) return failed(error.summary, error.message)
  if (error instanceof MissingValue) return failed(error.message, error.message)
  return error
}
