import { setImmediate as nextTurn } from 'node:timers/promises'
import { postCommand } from '../../platform/operator-api.ts'
import type { Cancel } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'
import type { Played } from '../executors/executor.ts'
import type { Station } from '../station/station.ts'
import { stepTable } from '../steps/registry.ts'
import { runScript, type ScriptResult } from '../steps/script-runner.ts'
import type { CommandOutcome, SendCommand } from '../steps/step-context.ts'
import type { WorkerFleet } from './worker-fleets.ts'

export interface StationPlayOptions {
  /** Base URL of the operator's API; undefined = `command` steps fail. */
  readonly api: string | undefined
  readonly cancel: Cancel
  /** Real time. */
  readonly clock: Clock
  readonly log: (text: string) => void
  /** Something went wrong in csms itself. */
  readonly fault: (error: unknown) => void
}

/** One station with its script. */
export class StationPlay {
  readonly station: Station
  /** Its boot was ever accepted. */
  accepted = false
  readonly #fleet: WorkerFleet
  readonly #options: StationPlayOptions

  constructor(station: Station, fleet: WorkerFleet, options: StationPlayOptions) {
    this.station = station
    this.#fleet = fleet
    this.#options = options
  }

  get index(): number {
    return this.station.index
  }

  /**
   * Plays the script from its beginning. Never rejects.
   *
   * @param again it may be played again: its reactions end with it
   */
  async run(again: boolean): Promise<Played> {
    const { cancel } = this.#options
    const { plan, observer } = this.#fleet
    if (plan.script.length === 0) {
      // Nothing but traffic or a mix: the station is there and online.
      await this.station.actor.boot(cancel).catch(quietly)
      return 'completed'
    }
    const result = await this.#play(again)
    if (result.kind !== 'cancelled') {
      observer.scriptEnded(result.kind === 'failed' ? result.failure.summary : undefined)
    }
    // A script without a wait must leave the sockets their turn.
    if (again) await nextTurn()
    return result.kind
  }

  #play(again: boolean): Promise<ScriptResult> {
    const { plan, observer } = this.#fleet
    const { cancel, log, fault } = this.#options
    return runScript({
      actor: this.station.actor,
      steps: stepTable,
      script: plan.script,
      on: plan.on,
      command: this.#command,
      log,
      fault,
      reactionFailed: (failure) => observer.scriptEnded(failure.summary),
      reactAfterwards: !again,
      cancel,
    })
  }

  readonly #command: SendCommand = async (stationId, action, payload, waitMs) => {
    const { api, clock } = this.#options
    const { observer } = this.#fleet
    if (api === undefined) {
      const reason = 'no operator API is known: name the CSMS’s with --api'
      return { kind: 'failed', reason }
    }
    const told = clock.monotonicMicros()
    const outcome = await ask(api, stationId, action, payload, waitMs)
    const answered = outcome.kind === 'answered' ? clock.monotonicMicros() : 0
    observer.commanded(action, told, answered)
    return outcome
  }
}

async function ask(
  api: string,
  stationId: string,
  action: string,
  payload: object,
  waitMs: number,
): Promise<CommandOutcome> {
  const answer = await postCommand(api, { stationId, action, payload, waitMs })
  switch (answer.status) {
    case 'answered':
      return { kind: 'answered', payload: answer.payload }
    case 'callError':
      return { kind: 'callError', code: answer.code, description: answer.description }
    case 'failed':
      return { kind: 'failed', reason: answer.message }
    case 'unreachable':
      return { kind: 'failed', reason: `${api} did not answer: ${answer.reason}` }
  }
}

function quietly(): void {
  // Called off: nothing to say.
}
