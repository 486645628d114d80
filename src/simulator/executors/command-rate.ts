import type { OcppVersion } from '../../ocpp/version.ts'
import { Random } from '../../shared/random.ts'
import type { TrafficPlan } from '../scenario/plan.ts'
import { ArrivalLine, type Waiting } from './arrival-line.ts'
import { shuffledPlaces } from './arrivals.ts'
import { type CommandMix, mixFor } from './command-mix.ts'
import { DuePump } from './due-pump.ts'
import { type DueTarget, DueTurns } from './due-turns.ts'
import type { Arrival, Executor, ExecutorContext, Player } from './executor.ts'
import { fleetOf } from './fleets.ts'
import type { LoadStation } from './load-station.ts'
import { RateCurve } from './rate-curve.ts'

export interface CommandRateOptions {
  /** Per second over the whole run. */
  readonly rate: number
  readonly mix: CommandMix
  /** Over the whole run. */
  readonly maxInFlight: number
  /** Real milliseconds an answer may take. */
  readonly within: number
  readonly backlog: TrafficPlan['backlog']
}

/** What a station may be sent, and whether it is there. */
interface Member extends DueTarget {
  readonly index: number
  readonly version: OcppVersion
  readonly random: Random
  player: Player | undefined
  station: LoadStation | undefined
}

/**
 * The open model of what the CSMS does: ordinal k is due at k / rate at the station whose turn it is
 * in a seeded order, with a draw of its own. Where that station is away another of its version gets
 * it; where none is there, or too much is under way, it waits or is dropped, as the backlog policy
 * says. Measured from the intended instant.
 */
export class CommandRate implements Executor {
  readonly #options: CommandRateOptions
  readonly #context: ExecutorContext
  readonly #mixes = new Map<OcppVersion, CommandMix>()
  /** This worker's stations that the mix has something for, in the order of their turns. */
  readonly #members = new Map<number, Member>()
  readonly #line: ArrivalLine
  readonly #turns: DueTurns
  readonly #pump: DuePump
  readonly #mostInFlight: number
  #inFlight = 0
  #started = false

  constructor(options: CommandRateOptions, context: ExecutorContext) {
    const { stations, seed, clock, isOwn, workers } = context
    this.#options = options
    this.#context = context
    this.#mostInFlight = Math.ceil(options.maxInFlight / workers)
    for (const { version } of context.fleets) {
      this.#mixes.set(version, mixFor(options.mix, version))
    }
    const turns: number[] = []
    let eligible = 0
    for (const index of indexesByPlace(stations, Random.stream(seed, 'commands'))) {
      const version = this.#versionOf(index)
      if (version === undefined) continue
      turns[index] = eligible
      eligible += 1
      if (isOwn(index)) this.#members.set(index, this.#member(index, version))
    }
    this.#line = new ArrivalLine(options.backlog, this.#members.size)
    this.#turns = new DueTurns(turns, eligible, this.#members)
    this.#pump = new DuePump(clock, this.#turns)
  }

  join(player: Player): void {
    const member = this.#members.get(player.index)
    if (member) member.player = player
    player.once()
  }

  ready(station: LoadStation): void {
    const member = this.#members.get(station.index)
    if (!member) return
    member.station = station
    this.#proceed()
  }

  /** Begins with the first window; steady goes on where warm-up began. */
  start(atMicros: number): void {
    if (this.#started) return
    this.#started = true
    this.#turns.begin(RateCurve.constant(this.#options.rate), atMicros)
    this.#pump.schedule()
  }

  endAt(endMicros: number): void {
    this.#pump.endAt(endMicros)
  }

  stop(atMicros: number): void {
    this.#started = true
    this.#pump.stop(atMicros)
  }

  get idle(): boolean {
    return this.#inFlight === 0 && this.#line.length === 0
  }

  end(): void {
    for (const due of this.#line.clear()) this.#tell(due, due.home, '', 'unbegun')
  }

  #due(home: number, intendedMicros: number, dueMicros: number): void {
    const due = { home, intendedMicros, dueMicros }
    if (this.#line.length === 0 && this.#begin(due)) return
    if (!this.#line.add(due)) this.#tell(due, home, '', 'dropped')
  }

  /** What waits begins, the longest first, as far as there is room. */
  #proceed(): void {
    for (let first = this.#line.first; first && this.#begin(first); first = this.#line.first) {
      this.#line.take()
    }
  }

  #begin(due: Waiting): boolean {
    if (this.#inFlight >= this.#mostInFlight) return false
    const member = this.#reachable(due.home)
    const home = this.#members.get(due.home)
    if (!member?.player || !home) return false
    const mix = this.#mixes.get(home.version) ?? {}
    const actions = Object.keys(mix)
    const weights = Object.values(mix).map(({ weight }) => weight)
    const action = actions[home.random.weighted(weights)] ?? ''
    this.#inFlight += 1
    this.#tell(due, member.index, action, 'begun')
    const { intendedMicros } = due
    const { payload = {} } = mix[action] ?? {}
    const command = { action, payload, intendedMicros, waitMs: this.#options.within }
    member.player.command(command, () => {
      this.#inFlight -= 1
      this.#proceed()
    })
    return true
  }

  /** The station whose turn it is, or the next one of its version that is there. */
  #reachable(home: number): Member | undefined {
    const wanted = this.#members.get(home)
    if (!wanted || wanted.station?.ready) return wanted
    for (const member of this.#members.values()) {
      if (member.version === wanted.version && member.station?.ready) return member
    }
    return undefined
  }

  #member(index: number, version: OcppVersion): Member {
    const random = Random.stream(this.#context.seed, 'command', index)
    const due = (intended: number, at: number): void => this.#due(index, intended, at)
    return { index, version, random, due, player: undefined, station: undefined }
  }

  /** Undefined where the mix has nothing for the station. */
  #versionOf(index: number): OcppVersion | undefined {
    const fleet = fleetOf(this.#context.fleets, index)
    if (!fleet || Object.keys(this.#mixes.get(fleet.version) ?? {}).length === 0) return undefined
    return fleet.version
  }

  #tell(due: Waiting, station: number, action: string, fate: Arrival['fate']): void {
    const { intendedMicros, dueMicros } = due
    this.#context.arrived({ kind: 'command', station, action, fate, intendedMicros, dueMicros })
  }
}

function indexesByPlace(count: number, random: Random): readonly number[] {
  const indexes: number[] = []
  shuffledPlaces(count, random).forEach((place, index) => {
    indexes[place] = index
  })
  return indexes
}
