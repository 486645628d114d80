import type { Cancel } from '../../shared/cancel.ts'
import type { Clock } from '../../shared/clock.ts'
import { stackOf } from '../../shared/errors.ts'
import type { Executor, Played, Player } from '../executors/executor.ts'
import { isOfFleet } from '../executors/fleets.ts'
import { expandStation } from '../scenario/station-identity.ts'
import type { LedgerEntry } from '../station/ledger.ts'
import { Station } from '../station/station.ts'
import type { SignalBoard } from '../steps/signal-board.ts'
import { StationPlay } from './station-play.ts'
import type { StruckStation } from './timeline-player.ts'
import type { WorkerFleet } from './worker-fleets.ts'
import type { FromWorker, Tick } from './worker-messages.ts'

export interface WorkerStationsOptions {
  readonly fleets: readonly WorkerFleet[]
  /** Base URL of the operator's API. */
  readonly api: string | undefined
  /** Key of that API; undefined = it takes none. */
  readonly apiKey?: string | undefined
  /** Real time. */
  readonly clock: Clock
  /** Ends all scripts and their reactions. */
  readonly cancel: Cancel
  readonly signals: SignalBoard
  /** A session was broken off by this event of the timeline; undefined = there is no timeline. */
  readonly brokenOff: ((event: number) => void) | undefined
  readonly send: (message: FromWorker) => void
  /** A station's script is over. */
  readonly played: (index: number) => void
}

/** Visiting 10,000 idle stations takes 2.5 ms: at every beat that was 5 % of a core. */
const sweepEveryMicros = 200_000

/** The stations of one worker, from the moment they are told to connect, and what they play. */
export class WorkerStations {
  readonly #options: WorkerStationsOptions
  readonly #plays = new Map<number, StationPlay>()
  #sweepDueMicros = 0
  /** Distinct stations whose boot was ever accepted. */
  accepted = 0
  /** Scripts that go on. */
  playing = 0

  constructor(options: WorkerStationsOptions) {
    this.#options = options
  }

  /** Makes a station and lets it join the load; not twice. */
  launch(index: number, executor: Executor): void {
    const fleet = this.fleetOf(index)
    if (!fleet || this.#plays.has(index)) return
    const { api, apiKey, cancel, clock, signals, brokenOff, send } = this.#options
    const identity = expandStation(fleet.plan, index - fleet.plan.firstIndex)
    const { id } = identity
    const play = new StationPlay(new Station(fleet.stations, identity), fleet, {
      api,
      apiKey,
      cancel,
      signals,
      brokenOff,
      clock,
      log: (text) => send({ kind: 'log', stationId: id, text }),
      fault: (error) => send({ kind: 'fault', message: `${id}: ${stackOf(error)}` }),
    })
    this.#plays.set(index, play)
    const player = this.#playerOf(play)
    if (executor.join) executor.join(player)
    else player.once()
  }

  /** As events of the timeline come over it; undefined: not launched. */
  struck(index: number): StruckStation | undefined {
    const play = this.#plays.get(index)
    const disturbance = play?.disturbance
    if (!play || !disturbance) return undefined
    return { disturbance, strike: (event, steps, cancel) => play.strike(event, steps, cancel) }
  }

  /** @returns the station and whether this is its first acceptance; undefined: not of this worker */
  ready(index: number): { readonly station: Station; readonly first: boolean } | undefined {
    const play = this.#plays.get(index)
    if (!play) return undefined
    const first = !play.accepted
    if (first) {
      play.accepted = true
      this.accepted += 1
    }
    return { station: play.station, first }
  }

  fleetOf(index: number): WorkerFleet | undefined {
    return this.#options.fleets.find(({ plan }) => isOfFleet(plan, index))
  }

  *[Symbol.iterator](): Iterator<Station> {
    for (const { station } of this.#plays.values()) yield station
  }

  /** Finds CALLs that nobody answered. */
  sweep(nowMicros: number): void {
    if (nowMicros < this.#sweepDueMicros) return
    this.#sweepDueMicros = nowMicros + sweepEveryMicros
    for (const { station } of this.#plays.values()) station.sweep(nowMicros)
  }

  /** Transaction messages wait, at stations that are on the network or on their way there. */
  get delivering(): boolean {
    for (const { station } of this.#plays.values()) if (station.delivering) return true
    return false
  }

  /** Messages that begin or end a transaction and were not answered yet. */
  get undelivered(): number {
    let count = 0
    for (const { station } of this.#plays.values()) count += station.queue.essential
    return count
  }

  /** How the CSMS stands to stations of which it accepted none so far. */
  standing(): Pick<Tick, 'refusal' | 'pending'> {
    let refusal: string | undefined
    let pending = false
    if (this.accepted === 0) {
      for (const { station } of this.#plays.values()) {
        pending ||= station.registration === 'pending'
        refusal = station.obstacle ?? refusal
      }
    }
    return { refusal, pending }
  }

  /** The drain is over: commands of the CSMS that are still under way came to nothing. */
  giveUpCommands(): void {
    for (const { observer } of this.#options.fleets) observer.giveUpCommands()
  }

  books(): readonly LedgerEntry[] {
    return [...this.#plays.values()].flatMap(({ station }) => station.books())
  }

  /** The run is over. */
  stop(): void {
    for (const { station } of this.#plays.values()) station.stop({ graceful: true })
  }

  #playerOf(play: StationPlay): Player {
    const { station } = play
    return {
      index: station.index,
      once: () => void this.#counted(play.once(), station.index),
      stand: () => station.boot(),
      play: (options, done) =>
        void settled(this.#counted(play.again(options), station.index), done),
      callOff: () => play.callOff(),
      hangUp: (done) => void settled(play.hangUp(), done),
      command: (command, done) => void settled(play.command(command), done),
    }
  }

  /** Counts a play that goes on. */
  async #counted(play: Promise<Played>, index: number): Promise<Played> {
    this.playing += 1
    const ended = await play
    this.playing -= 1
    this.#options.played(index)
    return ended
  }
}

/** Calls `done` with what the promise, which never rejects, resolves to. */
async function settled<Value>(
  promise: Promise<Value>,
  done: (value: Value) => void,
): Promise<void> {
  done(await promise)
}
