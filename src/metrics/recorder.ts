import { type ArrivalFate, type ArrivalKind, ArrivalStats } from './arrival-stats.ts'
import { type CommandAnswer, CommandStats } from './command-stats.ts'
import { ExchangeStats, type ExchangeWindow } from './exchange-stats.ts'
import { type Phase, phases } from './phase.ts'
import { ScriptLog } from './script-log.ts'
import { type SecondSample, SecondWindow } from './second.ts'
import type { Snapshot } from './snapshot.ts'
import { StationStats } from './station-stats.ts'
import { type Violation, ViolationLog } from './violation-log.ts'

/**
 * How a CALL ended, in the words of `CallOutcome` in `ocpp/rpc`; `invalid` is an answer that broke
 * its schema, `unsent` never left the queue.
 */
export type OutcomeKind = 'result' | 'invalid' | 'error' | 'timeout' | 'lost' | 'unsent'

/** All versions have 50 actions of the CSMS together; fleets multiply them. */
export const commandKinds = 1000
const otherActions = 'other actions'

/**
 * What the stations of one process record into. Nothing here allocates per message: stats objects
 * are looked up once per fleet, version and action and kept by the caller. All instants are
 * monotonic microseconds of this process's real clock; none crosses processes.
 *
 * An exchange belongs to the window that holds its intended instant; throughput and messages belong
 * to the window in which they happen.
 */
export class Recorder {
  readonly #originMicros: number
  readonly #exchanges = new Map<string, ExchangeStats>()
  readonly #stations = new Map<string, StationStats>()
  readonly #commands = new Map<string, CommandStats>()
  readonly #arrivals = new Map<string, ArrivalStats>()
  readonly #violations = new ViolationLog()
  readonly #scripts = new ScriptLog()
  readonly #second = new SecondWindow()
  /** Begin of each phase; what was skipped never begins. */
  readonly #begins = phases.map(() => Number.POSITIVE_INFINITY)
  #phase = 0
  #over = false

  /** @param originMicros the instant the run began, second 0 of the series */
  constructor(originMicros: number) {
    this.#originMicros = originMicros
    this.#begins[0] = Number.NEGATIVE_INFINITY
  }

  /** Finds or makes what station-initiated CALLs of this kind are counted in. Keep the result. */
  exchanges(fleet: string, version: string, action: string): ExchangeStats {
    return found(this.#exchanges, `${fleet}\n${version}\n${action}`, () => {
      return new ExchangeStats({ fleet, version, action })
    })
  }

  /** Finds or makes what connects, boots and messages are counted in. Keep the result. */
  stations(fleet: string, version: string): StationStats {
    return found(this.#stations, `${fleet}\n${version}`, () => new StationStats({ fleet, version }))
  }

  /**
   * Finds or makes what CSMS-initiated CALLs of this kind are counted in. Keep the result. The target
   * makes up their names as it likes: beyond `commandKinds` all others are one.
   */
  commands(fleet: string, version: string, action: string): CommandStats {
    const key = `${fleet}\n${version}\n${action}`
    const known = this.#commands.get(key)
    if (known) return known
    if (this.#commands.size >= commandKinds && action !== otherActions) {
      return this.commands(fleet, version, otherActions)
    }
    const made = new CommandStats({ fleet, version, action })
    this.#commands.set(key, made)
    return made
  }

  /** Finds or makes what sessions, or commands of this action, are counted in. Keep the result. */
  arrivals(kind: ArrivalKind, fleet: string, version: string, action: string): ArrivalStats {
    return found(this.#arrivals, `${kind}\n${fleet}\n${version}\n${action}`, () => {
      return new ArrivalStats({ kind, fleet, version, action })
    })
  }

  get phase(): Phase {
    return phases[this.#phase] ?? 'ramp'
  }

  /** Begins a phase; phases may be left out, never gone back to. */
  enter(phase: Phase, atMicros: number): void {
    const next = phases.indexOf(phase)
    if (next <= this.#phase) return
    this.#phase = next
    this.#begins[next] = atMicros
  }

  /**
   * The drain is over: what is still outstanding when its connection now closes is `unfinished`,
   * not lost. Close every connection after this, so that each CALL settles.
   */
  endOfDrain(): void {
    this.#over = true
  }

  /** A CALL fell due and was handed on; `exchangeSettled` must follow exactly once. */
  exchangeStarted(stats: ExchangeStats): void {
    stats.started += 1
    this.#second.offered += 1
    this.#second.backlog += 1
  }

  /**
   * The end of an open-model CALL, one with an instant at which the scenario wanted it.
   *
   * @param intended when it was due by the scenario
   * @param fired when the timer for it fired
   * @param sent when it was handed to the socket (ignored for `unsent`)
   * @param settled when the answer was parsed or the CALL was given up
   */
  exchangeSettled(
    stats: ExchangeStats,
    kind: OutcomeKind,
    intended: number,
    fired: number,
    sent: number,
    settled: number,
  ): void {
    this.tick(settled)
    const window = stats.window(this.#phaseOf(intended))
    const response = settled - intended
    window.scheduled += 1
    window.lag.record(fired - intended)
    this.#second.lag.record(fired - intended)
    if (kind !== 'unsent') window.gateWait.record(sent - fired)
    if (this.#count(stats, window, kind)) {
      window.response.record(response)
      window.service.record(settled - sent)
    } else {
      window.failed.record(response)
    }
    this.#second.response.record(response)
  }

  /** The end of a closed-model CALL: one that was due when the one before it was done. */
  closedExchangeSettled(
    stats: ExchangeStats,
    kind: OutcomeKind,
    sent: number,
    settled: number,
  ): void {
    this.tick(settled)
    const window = stats.window(kind === 'unsent' ? this.#phase : this.#phaseOf(sent))
    const succeeded = this.#count(stats, window, kind)
    if (kind === 'unsent') return
    const response = settled - sent
    if (succeeded) {
      window.response.record(response)
      window.service.record(response)
    } else {
      window.failed.record(response)
    }
    this.#second.response.record(response)
  }

  /**
   * The backlog policy left out a CALL that was due at `intended`. It never starts; its timer may
   * have fired late all the same, and then the generator made it miss its turn.
   */
  exchangeDropped(stats: ExchangeStats, intended: number, fired: number): void {
    const window = stats.window(this.#phaseOf(intended))
    window.dropped += 1
    window.lag.record(fired - intended)
    this.#second.lag.record(fired - intended)
    this.#second.offered += 1
    this.#second.dropped += 1
  }

  /**
   * So many more due CALLs wait for the turn of their station; fewer where negative, and then each
   * of them is started at once (`exchangeStarted`).
   */
  waits(change: number): void {
    this.#second.offered += change
    this.#second.backlog += change
  }

  /** A SEND (2.1) was written: a message that is no exchange. */
  sendWritten(stats: ExchangeStats): void {
    stats.sends += 1
  }

  /** A frame was handed to the socket, whatever it is. */
  messageSent(stations: StationStats): void {
    stations.window(this.#phase).messagesSent += 1
    this.#second.messages += 1
  }

  /** A frame arrived, whatever it is. */
  messageReceived(stations: StationStats): void {
    stations.window(this.#phase).messagesReceived += 1
    this.#second.messages += 1
  }

  /** An answer came for a CALL that had been given up. */
  lateAnswer(stations: StationStats): void {
    stations.lateAnswers += 1
  }

  /** A station tries to connect for the first time in this run. */
  tried(stations: StationStats): void {
    stations.tried += 1
  }

  /**
   * A WebSocket opened.
   *
   * @param micros from the attempt's begin to open
   * @param again this station had been connected before in this run
   * @param tls where the connection is encrypted
   */
  connected(
    stations: StationStats,
    micros: number,
    again: boolean,
    tls?: { readonly micros: number; readonly resumed: boolean },
  ): void {
    if (again) stations.reconnects += 1
    else stations.connected += 1
    const window = stations.window(this.#phase)
    window.connectTime.record(micros)
    if (tls) window.shookHands(tls.micros, tls.resumed)
    this.#second.connect()
  }

  /** An attempt to connect failed; `kind` is short and of a small set (refused, http-401 ...). */
  connectFailed(stations: StationStats, kind: string): void {
    stations.connectFailed(kind)
  }

  /** A WebSocket that had been open closed. */
  disconnected(): void {
    this.#second.disconnect()
  }

  /**
   * A BootNotification was accepted.
   *
   * @param micros from WebSocket open to the answer
   * @param again this station had been accepted before in this run
   * @param at the instant of the answer
   */
  bootAccepted(stations: StationStats, micros: number, again: boolean, at: number): void {
    if (!again) {
      stations.accepted += 1
      stations.acceptedByMicros = Math.max(stations.acceptedByMicros, at - this.#originMicros)
    }
    stations.window(this.#phase).bootTime.record(micros)
  }

  /** A CALL of the CSMS was answered by a station, or left without an answer. */
  commandServed(commands: CommandStats, answer: CommandAnswer): void {
    commands.received += 1
    if (answer === 'result') commands.answered += 1
    else if (answer === 'error') commands.callErrors += 1
    else commands.unanswered += 1
  }

  /** The CSMS was told to act at `told`, and the station's CALLRESULT was known at `answered`. */
  commandAnswered(commands: CommandStats, told: number, answered: number): void {
    commands.time(this.#phaseOf(told)).record(answered - told)
  }

  /** The CSMS was told to act, and no CALLRESULT came of it. */
  commandFailed(commands: CommandStats): void {
    commands.failed += 1
  }

  /** The target broke a rule. Frames are kept as handed in: redact before. */
  violated(violation: Violation, station: string, atMicros: number): void {
    this.#violations.found(violation, station, this.#secondOf(atMicros))
  }

  /**
   * A session or command that was due at `intended`, and whose timer fired at `fired`, began at `at`,
   * was left out by the backlog policy, or still waited when the run was over.
   */
  arrived(
    stats: ArrivalStats,
    fate: ArrivalFate,
    intended: number,
    fired: number,
    at: number,
  ): void {
    const window = stats.window(this.#phaseOf(intended))
    window[fate] += 1
    window.lag.record(fired - intended)
    this.#second.lag.record(fired - intended)
    if (fate !== 'dropped') window.wait.record(at - intended)
  }

  scriptCompleted(fleet: string): void {
    this.#scripts.completed(fleet)
  }

  /** @param reason a sentence without what differs between stations, so that reasons add up */
  scriptFailed(fleet: string, reason: string): void {
    this.#scripts.failed(fleet, reason)
  }

  /** It still played when the run was over. */
  scriptCutOff(fleet: string): void {
    this.#scripts.cutOff(fleet)
  }

  /** Lets time pass without a message, so that a quiet second ends too. Cheap: call it often. */
  tick(nowMicros: number): void {
    if (nowMicros >= this.#second.endMicros) this.#turnSecond(nowMicros)
  }

  /** The seconds that ended since this was last asked, for `Series.add`. */
  takeSeconds(nowMicros: number): SecondSample[] {
    this.tick(nowMicros)
    return this.#second.take()
  }

  /** The last second too, although it is not full. Ends the series of this recorder. */
  takeLastSeconds(): SecondSample[] {
    this.#second.close()
    return this.#second.take()
  }

  /** All counts so far as plain data: cumulative, so that the newest of a worker replaces the last. */
  snapshot(): Snapshot {
    return {
      exchanges: sorted(this.#exchanges).map((stats) => stats.snapshot()),
      stations: sorted(this.#stations).map((stats) => stats.snapshot()),
      commands: sorted(this.#commands).map((stats) => stats.snapshot()),
      arrivals: sorted(this.#arrivals).map((stats) => stats.snapshot()),
      violations: this.#violations.snapshot(),
      scripts: this.#scripts.snapshot(),
    }
  }

  /** Adds what another recorder counted (not its series). */
  absorb(snapshot: Snapshot): void {
    for (const one of snapshot.exchanges) {
      this.exchanges(one.fleet, one.version, one.action).absorb(one)
    }
    for (const one of snapshot.stations) this.stations(one.fleet, one.version).absorb(one)
    for (const one of snapshot.commands) {
      this.commands(one.fleet, one.version, one.action).absorb(one)
    }
    for (const one of snapshot.arrivals) {
      this.arrivals(one.kind, one.fleet, one.version, one.action).absorb(one)
    }
    this.#violations.absorb(snapshot.violations)
    this.#scripts.absorb(snapshot.scripts)
  }

  /** Counts the outcome; true where it belongs to the answered. */
  #count(stats: ExchangeStats, window: ExchangeWindow, kind: OutcomeKind): boolean {
    this.#second.backlog -= 1
    if (kind === 'result' || kind === 'invalid') {
      window.completed += 1
      stats.window(this.#phase).achieved += 1
      this.#second.completed += 1
      if (kind === 'invalid') {
        window.invalid += 1
        this.#second.errors += 1
      }
      return true
    }
    this.#second.errors += 1
    if (kind === 'error') window.callErrors += 1
    else if (kind === 'timeout') window.timeouts += 1
    else if (kind === 'unsent') window.unsent += 1
    else if (this.#over) window.unfinished += 1
    else window.lost += 1
    return false
  }

  #phaseOf(micros: number): number {
    let phase = this.#phase
    while (phase > 0 && micros < (this.#begins[phase] ?? 0)) phase -= 1
    return phase
  }

  #secondOf(micros: number): number {
    return Math.max(0, Math.floor((micros - this.#originMicros) / 1e6))
  }

  #turnSecond(nowMicros: number): void {
    const second = this.#secondOf(nowMicros)
    this.#second.turn(second, this.#originMicros + (second + 1) * 1e6)
  }
}

function found<Stats>(map: Map<string, Stats>, key: string, make: () => Stats): Stats {
  const known = map.get(key)
  if (known) return known
  const made = make()
  map.set(key, made)
  return made
}

function sorted<Stats>(map: ReadonlyMap<string, Stats>): Stats[] {
  return [...map].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, stats]) => stats)
}
