import { setImmediate as nextTurn } from 'node:timers/promises'
import { MissingValue } from '../../document/expressions.ts'
import type { StepPlan } from '../../document/step-form.ts'
import { type CommandRequest, postCommand } from '../../platform/operator-api.ts'
import { type Cancel, Cancelled } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'
import type { DueCommand, Played, PlayOptions } from '../executors/executor.ts'
import { ScriptedStation } from '../station/scripted-station.ts'
import type { Station } from '../station/station.ts'
import { stepTable } from '../steps/registry.ts'
import { runScript, type ScriptResult } from '../steps/script-runner.ts'
import type { SignalBoard } from '../steps/signal-board.ts'
import type { CommandOutcome, SendCommand } from '../steps/step-context.ts'
import { variablesOf } from '../steps/variables.ts'
import { Disturbance } from './disturbance.ts'
import type { WorkerFleet } from './worker-fleets.ts'

export interface StationPlayOptions {
  /** Base URL of the operator's API; undefined = `command` steps fail. */
  readonly api: string | undefined
  /** Key of that API; undefined = it takes none. */
  readonly apiKey?: string | undefined
  readonly cancel: Cancel
  readonly signals: SignalBoard
  /** A session was broken off by this event of the timeline; undefined = there is no timeline. */
  readonly brokenOff: ((event: number) => void) | undefined
  /** Real time. */
  readonly clock: Clock
  readonly log: (text: string) => void
  /** Something went wrong in csms itself. */
  readonly fault: (error: unknown) => void
}

/** How long a station that hangs up waits for outstanding answers; real time. */
const hangUpMs = 5000
const hangUpLookMs = 20

/** One station with its script. */
export class StationPlay {
  readonly station: Station
  /** Its boot was ever accepted. */
  accepted = false
  readonly disturbance: Disturbance | undefined
  readonly #fleet: WorkerFleet
  readonly #options: StationPlayOptions
  /** Of the play that goes on, where the executor may call it off. */
  #cancel: Cancel | undefined

  constructor(station: Station, fleet: WorkerFleet, options: StationPlayOptions) {
    this.station = station
    this.#fleet = fleet
    this.#options = options
    const { brokenOff } = options
    this.disturbance = brokenOff && new Disturbance(station, brokenOff)
  }

  /** Plays the script; its reactions go on after it. Never rejects. */
  once(): Promise<Played> {
    return this.#run(this.#options.cancel, { standing: false }, true)
  }

  /**
   * Plays the script, which may be called off and played again: its reactions end with it. Resolves
   * in a later turn of the event loop: a script without a wait must leave the sockets their turn.
   */
  async again(how: PlayOptions): Promise<Played> {
    const cancel = this.#options.cancel.child()
    this.#cancel = cancel
    const ended = await this.#run(cancel, how, false)
    cancel.release()
    if (ended === 'failed' && how.standing) await this.#clear()
    await nextTurn()
    return ended
  }

  /** Runs the steps of an event of the timeline, beside the script. Never rejects. */
  strike(event: number, steps: readonly StepPlan[], cancel: Cancel): Promise<ScriptResult> {
    const { log, fault, signals } = this.#options
    return runScript({
      actor: new ScriptedStation(this.station, `event-${event}`),
      steps: stepTable,
      script: steps,
      on: {},
      standing: true,
      command: this.#command,
      signals,
      log,
      fault,
      reactionFailed: () => undefined,
      reactAfterwards: false,
      cancel,
    })
  }

  /** Ends the play that goes on. */
  callOff(): void {
    this.#cancel?.cancel('called off')
  }

  /** Leaves nothing behind and closes the connection. Never rejects. */
  async hangUp(): Promise<void> {
    const { link } = this.station
    await this.#clear()
    const deadline = this.#options.clock.monotonicMicros() + hangUpMs * 1000
    while (link.backlog > 0 && this.#options.clock.monotonicMicros() < deadline) {
      await this.#after(hangUpLookMs)
    }
    link.leave(1000, '')
    await nextTurn()
  }

  /** Makes the CSMS act; measured from the intended instant. Never rejects. */
  async command({ action, payload, intendedMicros, waitMs }: DueCommand): Promise<void> {
    const rendered = this.#options.api === undefined ? undefined : this.#rendered(payload)
    if (rendered) await this.#commanded(action, rendered, waitMs, intendedMicros)
    else this.#fleet.observer.commanding(action, intendedMicros)(0)
  }

  async #run(cancel: Cancel, how: PlayOptions, reactAfterwards: boolean): Promise<Played> {
    const { plan, observer } = this.#fleet
    if (plan.script.length === 0) {
      // Nothing but traffic or a mix: the station is there and online.
      await this.station.actor.boot(cancel).catch(this.#unlessCalledOff)
      return 'completed'
    }
    const result = await this.#play(cancel, how, reactAfterwards)
    if (result.kind === 'interrupted') return this.#recovered(cancel)
    if (result.kind === 'cancelled') observer.scriptCutOff()
    else {
      observer.scriptEnded(this.station, result.kind === 'failed' ? result.failure : undefined)
    }
    return result.kind
  }

  /** Broken off by an event: no failure, and the station may play again when it is fit again. */
  async #recovered(cancel: Cancel): Promise<Played> {
    const fit = await this.disturbance?.recover(cancel).catch(this.#unlessCalledOff)
    return fit === true ? 'completed' : 'cancelled'
  }

  #play(
    cancel: Cancel,
    { standing }: PlayOptions,
    reactAfterwards: boolean,
  ): Promise<ScriptResult> {
    const { plan, observer } = this.#fleet
    const { log, fault, signals } = this.#options
    return runScript({
      actor: this.station.actor,
      steps: stepTable,
      script: plan.script,
      on: plan.on,
      standing,
      command: this.#command,
      signals,
      ...(this.disturbance && { interruptions: this.disturbance }),
      log,
      fault,
      reactionFailed: (failure) => observer.scriptEnded(this.station, failure),
      reactAfterwards,
      cancel,
    })
  }

  readonly #command: SendCommand = (_stationId, action, payload, waitMs) =>
    this.#commanded(action, payload, waitMs, this.#options.clock.monotonicMicros())

  async #commanded(
    action: string,
    payload: object,
    waitMs: number,
    sinceMicros: number,
  ): Promise<CommandOutcome> {
    const { api, apiKey, clock } = this.#options
    if (api === undefined) {
      const reason = 'no operator API is known: name the CSMS’s with --api'
      return { kind: 'failed', reason }
    }
    const ended = this.#fleet.observer.commanding(action, sinceMicros)
    const stationId = this.station.id
    const outcome = await ask(api, { stationId, action, payload, waitMs, apiKey })
    ended(outcome.kind === 'answered' ? clock.monotonicMicros() : 0)
    return outcome
  }

  /** For `catch`: what was called off is nobody's failure. */
  readonly #unlessCalledOff = (error: unknown): undefined => {
    if (!(error instanceof Cancelled)) this.#options.fault(error)
    return undefined
  }

  #after(ms: number): Promise<void> {
    return new Promise((resolve) => this.#options.clock.after(ms, resolve))
  }

  /** Whatever a script left at the plugs: the next driver finds them free. */
  async #clear(): Promise<void> {
    for (const evse of this.station.evses) {
      const activity = this.station.activity(evse)
      await activity.stop({ cause: 'local' })
      if (evse.cable !== undefined) await activity.unplug()
    }
  }

  /** The payload with its placeholders filled; undefined where the station has no such value. */
  #rendered(payload: object): object | undefined {
    try {
      return variablesOf(this.station.actor).payload(payload)
    } catch (error) {
      if (!(error instanceof MissingValue)) this.#options.fault(error)
      return undefined
    }
  }
}

/** How an operator's API says that the station gave no valid answer, or none in time. */
const badGateway = 502
const gatewayTimeout = 504

async function ask(api: string, request: CommandRequest): Promise<CommandOutcome> {
  const answer = await postCommand(api, request)
  switch (answer.status) {
    case 'answered':
      return { kind: 'answered', payload: answer.payload }
    case 'callError':
      return { kind: 'callError', code: answer.code, description: answer.description }
    case 'failed': {
      const sent = answer.httpStatus === badGateway || answer.httpStatus === gatewayTimeout
      return { kind: sent ? 'unanswered' : 'failed', reason: answer.message }
    }
    case 'unreachable':
      return { kind: 'failed', reason: `${api} did not answer: ${answer.reason}` }
  }
}
