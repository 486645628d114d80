import type { CommandStats } from '../../metrics/command-stats.ts'
import type { ExchangeStats } from '../../metrics/exchange-stats.ts'
import type { RecentProblem, RecentProblems } from '../../metrics/recent-problems.ts'
import type { Recorder } from '../../metrics/recorder.ts'
import type { StationStats } from '../../metrics/station-stats.ts'
import type { ConnectFailure, TlsHandshake } from '../../ocpp/dial.ts'
import type { CallOutcome } from '../../ocpp/rpc/call.ts'
import type { Finding } from '../../ocpp/rpc/findings.ts'
import type { Clock } from '../../shared/clock.ts'
import { messageOf } from '../../shared/errors.ts'
import type { Arrival } from '../executors/executor.ts'
import type { MeasuredCall, StationObserver } from '../station/observer.ts'
import type { ScriptFailure } from '../steps/script-runner.ts'
import type { ConnectorStatuses } from './connector-statuses.ts'

/** What an observer needs to know of a station. */
export interface ObservedStation {
  readonly id: string
  /** Run-wide. */
  readonly index: number
}

/** Why a script failed: the same for all stations that fail this way, and with its own values. */
type ScriptReason = Pick<ScriptFailure, 'summary' | 'reason'>

/** What the worker itself wants to hear. */
export interface StationEvents {
  connecting(index: number): void
  /** A handshake ended; `refusal` says why it failed. */
  connectSettled(index: number, refusal: string | undefined): void
  /** The first acceptance and every later moment from which CALLs may be sent. */
  ready(index: number): void
  localSocketError(code: string): void
  fault(message: string): void
  /** Undefined: frames are not kept. */
  readonly frame: ((stationId: string, direction: 'out' | 'in', text: string) => void) | undefined
}

/** Everything the stations of one worker share in being recorded. */
export interface Recording {
  readonly recorder: Recorder
  readonly clock: Clock
  readonly events: StationEvents
  readonly statuses: ConnectorStatuses
  readonly problems: RecentProblems
  /** CALLs that were started and not settled. */
  outstanding: number
}

/**
 * Records what the stations of one fleet do. One per fleet, so that an exchange costs one look-up by
 * action and none by fleet or version.
 */
export class RecordingObserver implements StationObserver<ObservedStation> {
  readonly #recording: Recording
  readonly #fleet: string
  readonly #version: string
  readonly #stations: StationStats
  readonly #exchanges = new Map<string, ExchangeStats>()
  /** Run-wide indexes of stations that ever tried to connect, were connected, and accepted. */
  readonly #tried = new Set<number>()
  readonly #connected = new Set<number>()
  readonly #accepted = new Set<number>()
  /** Stations whose handshake is under way. One may give up and begin another. */
  readonly #handshakes = new Set<number>()
  /** Commands that the CSMS was told and that have not come to an end. */
  readonly #underWay = new Set<{ readonly stats: CommandStats }>()
  /** The open-model CALL that was seen unsent last, and that its executor hears of next. */
  #unsentIndex = -1
  #unsentMicros = 0

  constructor(recording: Recording, fleet: string, version: string) {
    this.#recording = recording
    this.#fleet = fleet
    this.#version = version
    this.#stations = recording.recorder.stations(fleet, version)
  }

  connecting(station: ObservedStation): void {
    if (!this.#tried.has(station.index)) {
      this.#tried.add(station.index)
      this.#recording.recorder.tried(this.#stations)
    }
    if (!this.#handshakes.has(station.index)) this.#recording.events.connecting(station.index)
    this.#handshakes.add(station.index)
  }

  connected(station: ObservedStation, micros: number, tls?: TlsHandshake): void {
    const { recorder, events } = this.#recording
    recorder.connected(this.#stations, micros, this.#connected.has(station.index), tls)
    this.#connected.add(station.index)
    this.#handshakes.delete(station.index)
    events.connectSettled(station.index, undefined)
    // A mere reconnect needs no BootNotification: it is ready as it is.
    if (this.#accepted.has(station.index)) events.ready(station.index)
  }

  connectFailed(station: ObservedStation, failure: ConnectFailure, detail: string): void {
    const { recorder, events } = this.#recording
    const code = /\bE[A-Z]{3,}\b/.exec(detail)?.[0]
    recorder.connectFailed(this.#stations, kindOf(failure, detail, code))
    if (failure === 'local') events.localSocketError(code ?? 'local')
    this.#problem(station.id, 'error', () => `cannot connect: ${detail}`)
    this.#handshakes.delete(station.index)
    events.connectSettled(station.index, detail)
  }

  disconnected(): void {
    this.#recording.recorder.disconnected()
  }

  bootAccepted(station: ObservedStation, micros: number): void {
    const { recorder, events, clock } = this.#recording
    const again = this.#accepted.has(station.index)
    recorder.bootAccepted(this.#stations, micros, again, clock.monotonicMicros())
    this.#accepted.add(station.index)
    events.ready(station.index)
  }

  callStarted(_station: ObservedStation, call: MeasuredCall): void {
    this.#recording.outstanding += 1
    this.#recording.recorder.exchangeStarted(this.#stats(call.action))
  }

  callSettled(station: ObservedStation, call: MeasuredCall, outcome: CallOutcome): void {
    const { recorder } = this.#recording
    this.#recording.outstanding -= 1
    if (call.action === 'StatusNotification') {
      this.#recording.statuses.settled(station.id, call.payload, outcome.kind === 'result')
    }
    if (outcome.kind !== 'result') {
      this.#problem(station.id, 'error', () => `${call.action} ${endOf(outcome)}`)
    }
    const stats = this.#stats(call.action)
    const { intendedMicros, dueMicros, sentMicros, settledMicros } = call
    if (intendedMicros === 0) {
      recorder.closedExchangeSettled(stats, outcome.kind, sentMicros, settledMicros)
    } else {
      const { kind } = outcome
      if (kind === 'unsent') {
        this.#unsentIndex = station.index
        this.#unsentMicros = intendedMicros
      }
      recorder.exchangeSettled(stats, kind, intendedMicros, dueMicros, sentMicros, settledMicros)
    }
  }

  served(_station: ObservedStation, action: string, answer: 'result' | 'error' | 'none'): void {
    const { recorder } = this.#recording
    recorder.commandServed(recorder.commands(this.#fleet, this.#version, action), answer)
  }

  sendWritten(_station: ObservedStation, action: string): void {
    this.#recording.recorder.sendWritten(this.#stats(action))
  }

  messageSent(station: ObservedStation, type: number, text: string): void {
    this.#recording.recorder.messageSent(this.#stations)
    if (type === 0) this.#recording.statuses.forget(station.id)
    this.#recording.events.frame?.(station.id, 'out', text)
  }

  messageReceived(station: ObservedStation, _type: number, text: string): void {
    this.#recording.recorder.messageReceived(this.#stations)
    this.#recording.events.frame?.(station.id, 'in', text)
  }

  lateAnswer(): void {
    this.#recording.recorder.lateAnswer(this.#stations)
  }

  found(station: ObservedStation, finding: Finding): void {
    const { recorder, clock } = this.#recording
    recorder.violated(finding, station.id, clock.monotonicMicros())
    this.#problem(station.id, 'violation', () => `${finding.rule} ${finding.detail}`)
  }

  fault(station: ObservedStation, what: string, error: unknown): void {
    const reason = messageOf(error)
    this.#recording.events.fault(`${station.id}: ${what}: ${reason}`)
  }

  /** A due CALL was left out by the backlog policy. */
  dropped(action: string, intendedMicros: number, dueMicros: number): void {
    this.#recording.recorder.exchangeDropped(this.#stats(action), intendedMicros, dueMicros)
  }

  /**
   * A due CALL was not sent: it still waited for its turn when the run was over, or for another
   * message of its station. One that was handed to the connection has been counted by then.
   */
  unsent(index: number, action: string, intendedMicros: number, dueMicros: number): void {
    const { recorder, clock } = this.#recording
    if (this.#unsentIndex === index && this.#unsentMicros === intendedMicros) {
      this.#unsentIndex = -1
      return
    }
    const stats = this.#stats(action)
    recorder.exchangeStarted(stats)
    const now = clock.monotonicMicros()
    recorder.exchangeSettled(stats, 'unsent', intendedMicros, dueMicros, 0, now)
  }

  /**
   * The CSMS is told to send something. What is returned hears when the CALLRESULT was known, 0 where
   * none came of it.
   */
  commanding(action: string, told: number): (answered: number) => void {
    const { recorder } = this.#recording
    const stats = recorder.commands(this.#fleet, this.#version, action)
    const underWay = { stats }
    this.#underWay.add(underWay)
    return (answered) => {
      if (!this.#underWay.delete(underWay)) return
      if (answered > 0) recorder.commandAnswered(stats, told, answered)
      else recorder.commandFailed(stats)
    }
  }

  /** The run is over: commands that are still under way came to nothing. */
  giveUpCommands(): void {
    for (const { stats } of this.#underWay) this.#recording.recorder.commandFailed(stats)
    this.#underWay.clear()
  }

  /** Something that was due at instants of its own, and is no CALL, began or never will. */
  arrived({ kind, action, fate, intendedMicros, dueMicros }: Arrival): void {
    const { recorder, clock } = this.#recording
    const stats = recorder.arrivals(kind, this.#fleet, this.#version, action)
    recorder.arrived(stats, fate, intendedMicros, dueMicros, clock.monotonicMicros())
  }

  scriptEnded(station: ObservedStation, failure: ScriptReason | undefined): void {
    const { recorder } = this.#recording
    if (failure === undefined) {
      recorder.scriptCompleted(this.#fleet)
      return
    }
    recorder.scriptFailed(this.#fleet, failure.summary)
    this.#problem(station.id, 'error', () => `script failed: ${failure.reason}`)
  }

  /** It still played when the run was over, or when its station was to go. */
  scriptCutOff(): void {
    this.#recording.recorder.scriptCutOff(this.#fleet)
  }

  #problem(stationId: string, level: RecentProblem['level'], what: () => string): void {
    const { problems, clock } = this.#recording
    problems.add(stationId, clock.monotonicMicros(), level, what)
  }

  #stats(action: string): ExchangeStats {
    const known = this.#exchanges.get(action)
    if (known) return known
    const made = this.#recording.recorder.exchanges(this.#fleet, this.#version, action)
    this.#exchanges.set(action, made)
    return made
  }
}

/** Short and of a small set; of TLS what OpenSSL or Node call it. */
function kindOf(failure: ConnectFailure, detail: string, code: string | undefined): string {
  if (failure === 'http') return detail
  const tlsCode = failure === 'tls' ? /\(([A-Z][A-Z0-9_]+)\)$/.exec(detail)?.[1] : undefined
  return tlsCode === undefined ? (code ?? failure) : `TLS ${tlsCode}`
}

/** How a CALL ended that did not end well, after its action's name. */
function endOf(outcome: Exclude<CallOutcome, { kind: 'result' }>): string {
  switch (outcome.kind) {
    case 'error': {
      const { wireCode, description } = outcome
      return `answered with ${wireCode}${description === '' ? '' : `: ${description}`}`
    }
    case 'invalid':
      return `answered against its schema: ${outcome.fault}`
    case 'timeout':
      return 'not answered in time'
    case 'lost':
      return 'lost: the connection broke before the answer'
    case 'unsent':
      return `not sent: ${outcome.reason === 'full' ? 'the queue was full' : 'no connection'}`
  }
}
