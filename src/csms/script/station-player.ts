import type { StepPlan } from '../../document/step-form.ts'
import type { Finding } from '../../ocpp/rpc/findings.ts'
import type { OcppVersion } from '../../ocpp/version.ts'
import { Cancel } from '../../shared/cancel.ts'
import type { ScriptedSession } from '../gateway/session-script.ts'
import { runScript, type ScriptFailure } from './script-run.ts'
import { ScriptedStation, type StationSetting } from './scripted-station.ts'
import type { EndedBy, StationVerdict, Violation } from './verdict.ts'

export interface PlayerSetting extends Omit<StationSetting, 'failed'> {
  readonly tolerate: readonly string[]
  /** Its script is over. */
  readonly ended: () => void
}

type State = 'playing' | 'passed' | 'failed' | 'calledOff' | 'answered'

/** One station with its part of the script, from its first connection on. */
export class StationPlayer {
  readonly station: ScriptedStation
  readonly #setting: PlayerSetting
  readonly #version: OcppVersion
  readonly #cancel = new Cancel()
  readonly #begunMicros: number
  readonly #violations = new Map<string, Violation>()
  #endedMicros: number | undefined
  #state: State
  #failure: ScriptFailure | undefined
  /** The step that it is at. */
  #at: StepPlan | undefined

  constructor(session: ScriptedSession, setting: PlayerSetting) {
    this.#setting = setting
    this.#version = session.version
    this.#begunMicros = setting.clock.monotonicMicros()
    this.#state = setting.part.script === undefined ? 'answered' : 'playing'
    const failed = (reason: string) => this.#fail({ step: '', line: 0, column: 0, reason })
    this.station = new ScriptedStation(session, { ...setting, failed })
    this.station.opened(session)
  }

  get isPlaying(): boolean {
    return this.#state === 'playing'
  }

  /** Its script came to an end, good or bad. */
  get isDone(): boolean {
    const { script } = this.#setting.part
    return script !== undefined && (this.#state === 'passed' || this.#state === 'failed')
  }

  begin(): void {
    const { script } = this.#setting.part
    if (script) void this.#play(script)
  }

  found({ rule, level, detail, frame }: Finding): void {
    const fails = level === 'MUST' && !this.#setting.tolerate.includes(rule)
    const known = this.#violations.get(rule) ?? { count: 0, level, fails, detail, frame }
    this.#violations.set(rule, { ...known, count: known.count + 1 })
  }

  /** The run is over. */
  stop(endedBy: EndedBy): void {
    if (this.#state === 'playing') {
      if (endedBy === 'within') this.#fail(this.#late())
      else this.#close('calledOff')
    }
    this.#cancel.cancel('the run is over')
    this.station.stop()
  }

  get verdict(): StationVerdict {
    const broke = [...this.#violations.values()].some(({ fails }) => fails)
    const outcome = this.#state === 'playing' ? 'calledOff' : this.#state
    const endMicros = this.#endedMicros ?? this.#setting.clock.monotonicMicros()
    return {
      id: this.station.id,
      version: this.#version,
      outcome: broke ? 'failed' : outcome,
      failure: this.#failure,
      seconds: (endMicros - this.#begunMicros) / 1e6,
      answers: this.station.answers.given,
      violations: Object.fromEntries(this.#violations),
    }
  }

  async #play(script: readonly StepPlan[]): Promise<void> {
    const { station } = this
    const { clock } = this.#setting
    try {
      const failure = await runScript(script, {
        station,
        clock,
        cancel: this.#cancel,
        log: (message) => this.#log(message),
        at: (step) => {
          this.#at = step
        },
      })
      if (failure) this.#fail(failure)
      else this.#close('passed')
    } catch {
      // Called off: whoever did it has said what that means.
    }
  }

  #log(message: string): void {
    const { domain } = this.station.session
    domain.emit?.({ type: 'script', stationId: this.station.id, message })
  }

  #late(): ScriptFailure {
    const { step = '', line = 0, column = 0 } = this.#at ?? {}
    return { step, line, column, reason: 'not done when the time of the run was over' }
  }

  #fail(failure: ScriptFailure): void {
    if (this.#failure) return
    this.#failure = failure
    this.#close('failed')
    this.#cancel.cancel('the script failed')
  }

  #close(state: State): void {
    if (this.#endedMicros !== undefined && state === 'passed') return
    this.#state = state
    this.#endedMicros = this.#setting.clock.monotonicMicros()
    const where = this.#failure && this.#failure.line > 0 ? ` at line ${this.#failure.line}` : ''
    const why = this.#failure ? `${where}: ${this.#failure.reason}` : ''
    if (state === 'passed' || state === 'failed') this.#log(`the script ${state}${why}`)
    this.#setting.ended()
  }
}
