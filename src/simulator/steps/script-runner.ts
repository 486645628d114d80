import { MissingValue } from '../../document/expressions.ts'
import type { StepPlan } from '../../document/step-form.ts'
import { type Cancel, Cancelled } from '../../shared/cancel.ts'
import type { IncomingCall, StationActor } from './actor.ts'
import { IncomingLog } from './incoming-log.ts'
import type { Interruptions } from './interruptions.ts'
import { loneBoard, type SignalBoard } from './signal-board.ts'
import { type SendCommand, type StepContext, StepFailure } from './step-context.ts'
import type { StepTable } from './step-definition.ts'
import { type Variables, variablesOf } from './variables.ts'

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
  /** An event of the timeline broke it off outside of any loop. */
  | { readonly kind: 'interrupted' }

export interface ScriptOptions {
  readonly actor: StationActor
  readonly steps: StepTable
  readonly script: readonly StepPlan[]
  /** Reactions by action of the CSMS. */
  readonly on: Readonly<Record<string, readonly StepPlan[]>>
  /** The station stands already: a `boot` finds it booted. */
  readonly standing?: boolean
  /** Reactions go on after the script, until `cancel`; false for scripts that are played again. */
  readonly reactAfterwards: boolean
  readonly command: SendCommand
  /** Left out: the script hears its own. */
  readonly signals?: SignalBoard
  /** What may come over the station; left out: nothing. */
  readonly interruptions?: Interruptions
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

/** The script, or a round of its outermost loop: what an event breaks off is over with it. */
interface Stretch {
  /** Events that had come over the station when it began. */
  readonly before: number
  readonly isRound: boolean
}

class ScriptRun {
  readonly #options: ScriptOptions
  /** Calls off the script and its reactions when one of them fails. */
  readonly #cancel: Cancel
  readonly #incoming: IncomingLog
  readonly #variables: Variables
  readonly #signals: SignalBoard
  readonly #reactions = new Set<Promise<void>>()
  #failure: ScriptFailure | undefined
  #interrupted = false
  #ended = false

  constructor(options: ScriptOptions) {
    this.#options = options
    this.#cancel = options.cancel.child()
    this.#incoming = new IncomingLog(options.actor)
    this.#variables = variablesOf(options.actor)
    this.#signals = options.signals ?? loneBoard()
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
      this.#cancel.release()
    }
    if (this.#failure) return { kind: 'failed', failure: this.#failure }
    if (this.#interrupted && !cancel.cancelled) return { kind: 'interrupted' }
    return { kind: cancel.cancelled ? 'cancelled' : 'completed' }
  }

  #react(call: IncomingCall): void {
    const { on } = this.#options
    const steps = Object.prototype.hasOwnProperty.call(on, call.action)
      ? on[call.action]
      : undefined
    if (!steps || this.#reactions.size >= mostReactions) return
    const running = this.#attempt(steps, this.#variables.with({ request: call.payload }))
    const tracked = running.finally(() => this.#reactions.delete(tracked))
    this.#reactions.add(tracked)
  }

  /** Runs steps; a failure ends the whole script. */
  async #attempt(steps: readonly StepPlan[], variables: Variables): Promise<void> {
    const signals = this.#signals
    signals.threads(1)
    try {
      const stretch = { before: this.#options.interruptions?.count ?? 0, isRound: false }
      await this.#run(steps, this.#cancel, variables, stretch)
    } catch (error) {
      if (error instanceof Cancelled) return
      if (error instanceof Interrupted) this.#brokenOff()
      else if (error instanceof FailedStep) this.#failed(error.failure)
      else this.#faulted(error)
    } finally {
      signals.threads(-1)
    }
  }

  #brokenOff(): void {
    this.#interrupted = true
    this.#cancel.cancel('an event of the timeline broke it off')
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

  async #run(
    steps: readonly StepPlan[],
    cancel: Cancel,
    variables: Variables,
    stretch: Stretch,
  ): Promise<void> {
    const { actor, command } = this.#options
    const signals = this.#signals
    let nested = 0
    const runSteps = async (
      inner: readonly StepPlan[],
      innerCancel = cancel,
      innerStretch = stretch,
    ): Promise<void> => {
      // The step that nests them only waits meanwhile: the first takes its place.
      if (nested > 0) signals.threads(1)
      nested += 1
      try {
        await this.#run(inner, innerCancel, variables, innerStretch)
      } finally {
        nested -= 1
        if (nested > 0) signals.threads(-1)
      }
    }
    const context: StepContext = {
      actor,
      cancel,
      variables,
      standing: this.#options.standing ?? false,
      incoming: this.#incoming,
      command,
      signals,
      log: (text) => this.#options.log(text),
      runSteps: (inner, innerCancel) => runSteps(inner, innerCancel),
      runRound: (inner) => this.#round(cancel, stretch, (its) => runSteps(inner, cancel, its)),
    }
    for (const step of steps) {
      cancel.throwIfCancelled()
      try {
        await this.#options.steps[step.step]?.run(step.args, context)
      } catch (error) {
        throw isFailure(error) && this.#isDisturbed(stretch)
          ? new Interrupted()
          : asFailedStep(error, step)
      }
    }
  }

  async #round(
    cancel: Cancel,
    outer: Stretch,
    run: (stretch: Stretch) => Promise<void>,
  ): Promise<void> {
    const { interruptions } = this.#options
    if (!interruptions || outer.isRound) return run(outer)
    try {
      await run({ before: interruptions.count, isRound: true })
    } catch (error) {
      if (!(error instanceof Interrupted) || !(await interruptions.recover(cancel))) throw error
    }
  }

  #isDisturbed({ before }: Stretch): boolean {
    const { interruptions } = this.#options
    return interruptions !== undefined && (interruptions.inForce || interruptions.count > before)
  }
}

/** Not the script's fault, and nobody else's: an event of the timeline came over the station. */
class Interrupted extends Error {}

function isFailure(error: unknown): boolean {
  return error instanceof StepFailure || error instanceof MissingValue
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
      summary: `${step} (line ${line}): ${summary}`.slice(0, longestReason),
      reason: reason.slice(0, longestReason),
    })
  if (error instanceof StepFailure) return failed(error.summary, error.message)
  if (error instanceof MissingValue) return failed(error.message, error.message)
  return error
}
