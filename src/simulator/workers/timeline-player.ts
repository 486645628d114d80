import type { StepPlan } from '../../document/step-form.ts'
import { LatencyHistogram } from '../../metrics/latency-histogram.ts'
import { Cancel, Cancelled } from '../../shared/cancel.ts'
import type { Clocks } from '../../shared/clock.ts'
import { Random } from '../../shared/random.ts'
import { sleep } from '../../shared/waiting.ts'
import { isOfFleet } from '../executors/fleets.ts'
import type { FleetPlan, Plan, TimelineEventPlan, TimelinePart } from '../scenario/plan.ts'
import { chosenStations } from '../scenario/timeline-choice.ts'
import type { ScriptResult } from '../steps/script-runner.ts'
import type { Disturbance } from './disturbance.ts'
import type { EventReport } from './event-report.ts'

/** A station as events come over it. */
export interface StruckStation {
  readonly disturbance: Disturbance
  /** Runs the steps of an event; they draw from a stream of their own. */
  strike(event: number, steps: readonly StepPlan[], cancel: Cancel): Promise<ScriptResult>
}

export interface TimelineHost {
  readonly plan: Pick<Plan, 'seed' | 'speed' | 'fleets' | 'timeline'>
  readonly clocks: Clocks
  /** Whether this worker plays the station with this run-wide index. */
  readonly isOwn: (index: number) => boolean
  /** Undefined: not launched. */
  station(index: number): StruckStation | undefined
  report(report: EventReport): void
  /** Something went wrong in csms itself. */
  fault(error: unknown): void
  /** The instant of now, as all processes know it. */
  epochMs(): number
}

/**
 * The timeline of a run in one worker. Which stations an event comes over follows from the seed alone;
 * each worker finds them for itself and sees to its own.
 */
export class TimelinePlayer {
  readonly #host: TimelineHost
  readonly #cancel = new Cancel()
  readonly #events: readonly RunningEvent[]
  #open = 0
  #begun = false

  constructor(host: TimelineHost) {
    this.#host = host
    const { seed, fleets, timeline } = host.plan
    this.#events = timeline.flatMap((plan, ordinal) => {
      const own = chosenStations(plan, ordinal, seed, fleets).filter(host.isOwn)
      return own.length === 0 ? [] : [new RunningEvent(plan, ordinal, own)]
    })
    this.#open = this.#events.length
  }

  /** Nothing is to come any more. */
  get idle(): boolean {
    return this.#open === 0
  }

  /** The day begins at this instant, real; beginning twice changes nothing. */
  begin(atMicros: number): void {
    if (this.#begun || this.#cancel.cancelled) return
    this.#begun = true
    const { clocks, plan } = this.#host
    // The timer that calls is late, in each worker by something else.
    const lateMs = (clocks.real.monotonicMicros() - atMicros) / 1000
    const beganMs = this.#simulatedMs - lateMs * plan.speed
    for (const { own } of this.#events) {
      for (const index of own) this.#host.station(index)?.disturbance.expect(1)
    }
    for (const event of this.#events) {
      void this.#conduct(event, beganMs).finally(() => {
        this.#open -= 1
      })
    }
  }

  /** A session was broken off by this event. */
  brokenOff(ordinal: number): void {
    const event = this.#events.find((one) => one.ordinal === ordinal)
    if (event) event.brokenOff += 1
  }

  /** The drain begins: nothing comes over anybody any more, and who is out stays out. */
  stop(): void {
    this.#cancel.cancel('the run is draining')
    this.#open = 0
  }

  /** Tells the last of every event that came. */
  end(): void {
    this.stop()
    for (const event of this.#events) if (event.hasBegun) this.#host.report(event.report())
  }

  async #conduct(event: RunningEvent, beganMs: number): Promise<void> {
    const { atMs, forMs } = event.plan
    const { clocks } = this.#host
    try {
      await sleep(clocks.simulated, beganMs + atMs - this.#simulatedMs, this.#cancel)
      event.beganEpochMs = this.#host.epochMs()
      this.#host.report(event.report())
      const returningMs = forMs === undefined ? undefined : beganMs + atMs + forMs
      if (returningMs !== undefined) {
        void this.#announceReturn(event, returningMs).catch(this.#unlessCalledOff)
      }
      await Promise.all(event.own.map((index) => this.#comeOver(event, index, returningMs)))
      event.over = true
      this.#host.report(event.report())
    } catch (error) {
      this.#unlessCalledOff(error)
    }
  }

  readonly #unlessCalledOff = (error: unknown): void => {
    if (!(error instanceof Cancelled)) this.#host.fault(error)
  }

  async #announceReturn(event: RunningEvent, returningMs: number): Promise<void> {
    await sleep(this.#host.clocks.simulated, returningMs - this.#simulatedMs, this.#cancel)
    event.returningEpochMs = this.#host.epochMs()
    this.#host.report(event.report())
  }

  async #comeOver(
    event: RunningEvent,
    index: number,
    returningMs: number | undefined,
  ): Promise<void> {
    const station = this.#host.station(index)
    const part = event.partOf(index, this.#host.plan.fleets)
    if (!station || !part) {
      event.failed('the station was not there')
      return
    }
    const { disturbance } = station
    disturbance.begin(event.ordinal)
    try {
      const result = await station.strike(event.ordinal, part.steps, this.#cancel)
      if (result.kind === 'failed') event.failed(result.failure.reason)
      if (returningMs !== undefined) await this.#return(event, index, station, part, returningMs)
    } finally {
      disturbance.end(part.steps, returningMs !== undefined)
    }
  }

  async #return(
    event: RunningEvent,
    index: number,
    station: StruckStation,
    { recovery }: TimelinePart,
    returningMs: number,
  ): Promise<void> {
    const { clocks, plan, epochMs } = this.#host
    const { spreadMs } = event.plan
    const late =
      spreadMs > 0 ? Random.stream(plan.seed, 'spread', event.ordinal, index).next() * spreadMs : 0
    await sleep(clocks.simulated, returningMs + late - this.#simulatedMs, this.#cancel)
    const since = clocks.real.monotonicMicros()
    const result = await station.strike(event.ordinal, recovery, this.#cancel)
    if (result.kind === 'failed') event.failed(result.failure.reason)
    if (result.kind === 'completed') {
      event.cameBack(clocks.real.monotonicMicros() - since, epochMs())
    }
  }

  get #simulatedMs(): number {
    return this.#host.clocks.simulated.monotonicMicros() / 1000
  }
}

/** Reasons that are kept apart. */
const mostReasons = 10

/** An event on its way over the stations of this worker. */
class RunningEvent {
  readonly plan: TimelineEventPlan
  readonly ordinal: number
  /** Run-wide indexes. */
  readonly own: readonly number[]
  beganEpochMs: number | undefined
  returningEpochMs: number | undefined
  over = false
  brokenOff = 0
  readonly #undone = new Map<string, number>()
  readonly #back = new LatencyHistogram()
  #returned = 0
  #lastBackEpochMs: number | undefined

  constructor(plan: TimelineEventPlan, ordinal: number, own: readonly number[]) {
    this.plan = plan
    this.ordinal = ordinal
    this.own = own
  }

  get hasBegun(): boolean {
    return this.beganEpochMs !== undefined
  }

  partOf(index: number, fleets: readonly FleetPlan[]): TimelinePart | undefined {
    return this.plan.parts.find(({ fleet }) => {
      const own = fleets[fleet]
      return own !== undefined && isOfFleet(own, index)
    })
  }

  failed(reason: string): void {
    const known = this.#undone.has(reason) || this.#undone.size < mostReasons
    const key = known ? reason : 'other reasons'
    this.#undone.set(key, (this.#undone.get(key) ?? 0) + 1)
  }

  cameBack(micros: number, epochMs: number): void {
    this.#back.record(micros)
    this.#returned += 1
    this.#lastBackEpochMs = epochMs
  }

  report(): EventReport {
    return {
      event: this.ordinal,
      beganEpochMs: this.beganEpochMs ?? 0,
      returningEpochMs: this.returningEpochMs ?? null,
      lastBackEpochMs: this.#lastBackEpochMs ?? null,
      over: this.over,
      stations: this.own.length,
      undone: Object.fromEntries(this.#undone),
      returned: this.#returned,
      brokenOff: this.brokenOff,
      back: this.#back.encode(),
    }
  }
}
