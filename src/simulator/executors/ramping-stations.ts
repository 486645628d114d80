import { required, withDefault } from '../../document/fields/field.ts'
import { duration } from '../../document/fields/quantities.ts'
import { integer } from '../../document/fields/scalars.ts'
import type { CancelTimer, Clock } from '../../shared/clock.ts'
import { Random } from '../../shared/random.ts'
import { shuffledPlaces } from './arrivals.ts'
import { DuePump } from './due-pump.ts'
import { defineExecutor, type Executor, type ExecutorContext, type Player } from './executor.ts'
import { fleetOf, onlyBoots } from './fleets.ts'
import {
  type Stage,
  stagesCurve,
  stagesLengthMs,
  stagesText,
  stationStages,
  stretchedStages,
} from './stages.ts'
import { type StationStep, StepSource, stationSteps } from './station-steps.ts'

interface Options {
  readonly startStations: number
  readonly stages: readonly Stage[]
  readonly gracefulRampDown: number
}

export const rampingStations = defineExecutor({
  name: 'ramping-stations',
  summary:
    'The number of connected stations follows `stages`: they connect and play their script again and again, finish it and hang up.',
  answers: 'How many stations does the target carry, and what happens while they come and go?',
  model: 'closed',
  fields: {
    startStations: withDefault(
      integer({ min: 0, max: 1_000_000, wants: 'a number of stations' }),
      'Stations that the ramp brings up before the stages begin.',
      0,
    ),
    stages: required(stationStages, 'Where their number goes; steady is as long as all of them.'),
    gracefulRampDown: withDefault(
      duration(),
      'How long the script of a station that is to hang up may go on. Real time.',
      30_000,
      '30s',
    ),
  },
  example:
    'load: { executor: ramping-stations, stages: [{ duration: 1min, target: 500 }, { duration: 1min, target: 0 }] }',
  gracefulStopMs: 30_000,
  schedule: {
    length: 'its stages',
    lengthMs: ({ stages }) => stagesLengthMs(stages),
    stretched: (options, factor) => ({
      ...options,
      stages: stretchedStages(options.stages, factor),
    }),
  },
  check({ startStations = 0, stages = [] }, { fleets, reader, at }) {
    const stations = fleets.reduce((sum, { count }) => sum + count, 0)
    const most = Math.max(...stages.map(({ target }) => target))
    if (startStations > stations) {
      reader.report(
        at('startStations'),
        `${startStations} are more than the ${stations} of all fleets.`,
      )
    }
    if (most > stations) {
      reader.report(
        at('stages'),
        `They reach ${most} stations; all fleets together have ${stations}.`,
      )
    }
  },
  describe: ({ startStations, stages }) =>
    `stations ${stagesText(startStations, stages, String)}, each plays its script again and again`,
  curve: ({ startStations, stages }) => stagesCurve('stations', startStations, stages),
  run: (options, context) => new RampingStations(options, context),
})

/**
 * Which station comes n-th is drawn from the seed over all fleets, and the one that came last goes
 * first: both are the same whatever the number of workers.
 */
class RampingStations implements Executor {
  readonly #options: Options
  readonly #context: ExecutorContext
  /** Of all stations, by index. */
  readonly #places: readonly number[]
  /** Of this worker's stations, by place. */
  readonly #indexes = new Map<number, number>()
  readonly #members = new Map<number, Member>()
  readonly #source: StepSource
  readonly #pump: DuePump
  readonly idle = true
  #stopped = false

  constructor(options: Options, context: ExecutorContext) {
    const { seed, stations, isOwn, clock } = context
    this.#options = options
    this.#context = context
    this.#places = shuffledPlaces(stations, Random.stream(seed, 'ramping'))
    this.#places.forEach((place, index) => {
      if (isOwn(index)) this.#indexes.set(place, index)
    })
    const steps = stationSteps(options.startStations, options.stages, stations)
    const own = steps.filter(({ place }) => this.#indexes.has(place))
    this.#source = new StepSource(own, (step) => this.#step(step))
    this.#pump = new DuePump(clock, this.#source)
  }

  turnOf(index: number): number | undefined {
    const place = this.#places[index] ?? 0
    return place < this.#options.startStations ? place : undefined
  }

  join(player: Player): void {
    const { clock, fleets } = this.#context
    const stands = onlyBoots(fleetOf(fleets, player.index))
    const member = new Member(player, clock, this.#options.gracefulRampDown, stands)
    this.#members.set(player.index, member)
    member.come()
  }

  ready(): void {
    // Scripts send by themselves.
  }

  start(atMicros: number, phase: 'warmup' | 'steady'): void {
    if (phase === 'warmup' || this.#stopped) return
    this.#source.begin(atMicros)
    this.#pump.schedule()
  }

  stop(atMicros: number): void {
    this.#pump.stop(atMicros)
    this.#stopped = true
    for (const member of this.#members.values()) member.stop()
  }

  /** Nothing waits but who was given time to finish. */
  end(): void {
    for (const member of this.#members.values()) member.end()
  }

  #step({ place, up }: StationStep): void {
    const index = this.#indexes.get(place)
    if (index === undefined) return
    const member = this.#members.get(index)
    if (!up) member?.go()
    else if (member) member.come()
    else this.#context.launch(index)
  }
}

/** A station that comes, plays, and goes. */
class Member {
  readonly #player: Player
  readonly #clock: Clock
  readonly #gracefulMs: number
  /** Its script is over with the boot: it stands where others would play again. */
  readonly #stands: boolean
  #wanted = false
  /** It plays, or hangs up. */
  #busy: 'playing' | 'leaving' | undefined
  #stopped = false
  #callOff: CancelTimer | undefined

  constructor(player: Player, clock: Clock, gracefulMs: number, stands: boolean) {
    this.#player = player
    this.#clock = clock
    this.#gracefulMs = gracefulMs
    this.#stands = stands
  }

  come(): void {
    this.#wanted = true
    this.#forgetTimer()
    if (!this.#busy) this.#play()
  }

  /** Finishes its script and hangs up. */
  go(): void {
    this.#wanted = false
    if (!this.#busy) this.#leave()
    else if (this.#busy === 'playing') {
      this.#callOff = this.#clock.after(this.#gracefulMs, () => this.#player.callOff())
    }
  }

  /** The drain begins: no further play. */
  stop(): void {
    this.#stopped = true
  }

  /** The drain is over: whoever plays on is called off with all others. */
  end(): void {
    this.#forgetTimer()
  }

  #play(): void {
    this.#busy = 'playing'
    this.#player.play({ standing: false }, (ended) => {
      this.#busy = undefined
      this.#forgetTimer()
      if (!this.#wanted) this.#leave()
      else if (ended === 'completed' && !this.#stopped && !this.#stands) this.#play()
    })
  }

  /** Its time to finish is of no use any more. */
  #forgetTimer(): void {
    this.#callOff?.()
    this.#callOff = undefined
  }

  #leave(): void {
    this.#busy = 'leaving'
    this.#player.hangUp(() => {
      this.#busy = undefined
      if (this.#wanted && !this.#stopped) this.#play()
    })
  }
}
