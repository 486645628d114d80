import type { Shape, ValueOf } from '../../document/fields/collections.ts'
import type { Reader } from '../../document/reader.ts'
import type { MapNode, Span } from '../../document/source-node.ts'
import type { ArrivalFate, ArrivalKind } from '../../metrics/arrival-stats.ts'
import type { LoadModel } from '../../metrics/validity.ts'
import type { Clock } from '../../shared/clock.ts'
import type { FleetPlan, LoadWindows } from '../scenario/plan.ts'
import type { LoadStation } from './load-station.ts'
import type { LaneEvents } from './traffic-lane.ts'

/** How one play of a script ended. */
export type Played = 'completed' | 'failed' | 'cancelled'

export interface PlayOptions {
  /** The station stands already: a `boot` of the script finds it booted and sends nothing. */
  readonly standing: boolean
}

/** Something that the CSMS is to send a station. */
export interface DueCommand {
  readonly action: string
  /** May hold the placeholders that every station knows, like `{token}`. */
  readonly payload: object
  /** When the scenario says it is due, real monotonic microseconds. */
  readonly intendedMicros: number
  /** How long an answer may take, real milliseconds. */
  readonly waitMs: number
}

/** A station with its script, as executors play it. */
export interface Player {
  /** Run-wide. */
  readonly index: number
  /** Plays the fleet's script once; its reactions go on after it. */
  once(): void
  /** Connects and boots by itself, and stays connected; returns at once. */
  stand(): void
  /**
   * Plays the fleet's script from its beginning. `done` is called once, in a later turn of the event
   * loop: who plays on from it leaves the sockets their turn.
   */
  play(options: PlayOptions, done: (ended: Played) => void): void
  /** Ends the play that goes on; its `done` follows. */
  callOff(): void
  /**
   * Ends what goes on at its plugs, waits for outstanding answers, and closes the connection; then
   * `done`. A play connects it again.
   */
  hangUp(done: () => void): void
  /** Makes the CSMS act, through its operator's API. `done` is called once, whatever came of it. */
  command(command: DueCommand, done: () => void): void
}

/** What brings load in one worker: real time, callbacks, nothing allocated per message. */
export interface Executor {
  /** The connect ramp has got to this station. Left out: it plays its script once. */
  join?(player: Player): void
  /** Its turn in the connect ramp; undefined: not in it. Left out: all, by their indexes. */
  turnOf?(index: number): number | undefined
  /** A station is ready to send: for the first time, or again after a break. */
  ready(station: LoadStation): void
  /** A window begins: warm-up where there is one, then steady. */
  start(atMicros: number, phase: 'warmup' | 'steady'): void
  /**
   * Where steady ends by plan: from then on nothing falls due, however late `stop` is told. Left out
   * where what comes has an end of its own, or follows the answers.
   */
  endAt?(endMicros: number): void
  /**
   * The drain begins: nothing falls due any more, what waits still goes out. What was due before
   * `atMicros` and whose timer is late falls due now: a generator that lags must not offer less and
   * look well.
   */
  stop(atMicros: number): void
  /** Nothing on its way and nothing waiting. Scripts that play are the worker's to know. */
  readonly idle: boolean
  /** The drain is over: what still waits is given up. */
  end(): void
  /** From `atMicros` on another rate, per second over the whole run. */
  retune?(ratePerSecond: number, atMicros: number): void
}

/** What an executor is given in a worker. */
export interface ExecutorContext extends LaneEvents {
  /** Real time. */
  readonly clock: Clock
  readonly seed: number
  readonly fleets: readonly FleetPlan[]
  /** Stations of all fleets. */
  readonly stations: number
  readonly windows: LoadWindows
  readonly workers: number
  /** Whether this worker plays the station with this run-wide index. */
  readonly isOwn: (index: number) => boolean
  /** Makes a station that the connect ramp leaves out; `join` follows. */
  readonly launch: (index: number) => void
  /** Something that was due at a station, and is no CALL, began or never will. */
  readonly arrived: (arrival: Arrival) => void
}

/** Real monotonic microseconds. */
export interface Arrival {
  readonly kind: ArrivalKind
  readonly station: number
  /** Of a command; empty for sessions. */
  readonly action: string
  readonly fate: ArrivalFate
  readonly intendedMicros: number
  /** When the due timer fired. */
  readonly dueMicros: number
}

/** What the file says around an executor's own keys, for checks that no single key can do. */
export interface ExecutorCheck {
  /** The `load` section. */
  readonly section: MapNode
  readonly fleets: readonly CheckedFleet[]
  readonly reader: Reader
  /** Where a key of the section stands; the section where it is not said. */
  at(key: string): Span
}

/** What checks look at of a fleet. */
interface CheckedFleet
  extends Pick<FleetPlan, 'name' | 'count' | 'version' | 'station' | 'script'> {
  readonly hasScript: boolean
}

/** Points of a load over time, milliseconds from the begin of steady; straight lines between them. */
export interface LoadCurve {
  /** Of the values: `exchanges/s`, `sessions/s`, `commands/s`, `stations`. */
  readonly unit: string
  readonly points: readonly { readonly atMs: number; readonly value: number }[]
}

interface ExecutorSchedule<Options> {
  /** What steady is as long as, for the reference. */
  readonly length: string
  /** What goes on before steady for as long as it takes, for `--dry-run`. */
  readonly before?: string
  lengthMs(options: Options): number
  /** The same over `factor` times the time, for `--duration`. */
  stretched(options: Options, factor: number): Options
}

/**
 * One way of load to arrive, described once: parser, JSON Schema, reference, `--dry-run` and the
 * workers read the same object.
 */
export interface ExecutorDefinition<Name extends string, Options> {
  readonly name: Name
  /** One sentence for the reference. */
  readonly summary: string
  /** Which question it answers, for the reference. */
  readonly answers: string
  /**
   * Open: every CALL has an instant of its own. Closed: the next thing follows the end of the last.
   * Mixed: sessions begin at instants of their own, and what they send follows the answers.
   */
  readonly model: LoadModel
  /** Keys of its own, beside those that all have. */
  readonly fields: Shape
  /** A `load` section. */
  readonly example: string
  /** Ends when all scripts are done; the others need a steady window. */
  readonly endsByItself?: true
  /** How long scripts may go on when steady is over, where the file does not say; ms. */
  readonly gracefulStopMs: number
  /** Its own length in time, in place of `steady`. */
  readonly schedule?: ExecutorSchedule<Options>
  /** Whether it gives every station something to do: a fleet then needs neither script nor traffic. */
  suffices?(options: Options): boolean
  /** Reports what no single key can tell; keys that are unsound are missing. */
  check?(options: Partial<Options>, check: ExecutorCheck): void
  /** What it comes to, for `--dry-run`. */
  describe(options: Options, fleets: readonly FleetPlan[]): string
  /** Left out where load follows the answers. */
  curve?(options: Options, fleets: readonly FleetPlan[], steadyMs: number): LoadCurve
  run(options: Options, context: ExecutorContext): Executor
}

/** Types the functions by `fields`. */
export function defineExecutor<const Name extends string, const Fields extends Shape>(
  definition: ExecutorDefinition<Name, ValueOf<Fields>> & { readonly fields: Fields },
): ExecutorDefinition<Name, ValueOf<Fields>> {
  return definition
}
