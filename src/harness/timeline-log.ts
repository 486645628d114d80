import { formatClockTime } from '../document/clock-time.ts'
import { formatQuantity } from '../document/units.ts'
import { LatencyHistogram } from '../metrics/latency-histogram.ts'
import { summarise } from '../metrics/latency-summary.ts'
import { showCountOf, showSeconds } from '../report/figures.ts'
import type { TimelineMark } from '../report/run-facts.ts'
import type { Plan, TimelineEventPlan } from '../simulator/scenario/plan.ts'
import { chosenStations } from '../simulator/scenario/timeline-choice.ts'
import type { EventReport } from '../simulator/workers/event-report.ts'

type TimelinePlan = Pick<Plan, 'seed' | 'fleets' | 'timeline' | 'startsAtMs'>

/** What the workers tell of the events of the timeline, put together. */
export class TimelineLog {
  readonly #plan: TimelinePlan
  readonly #beganAt: number
  readonly #note: (sentence: string) => void
  readonly #events: readonly LoggedEvent[]

  /** @param beganAt of the run, epoch milliseconds */
  constructor(
    plan: TimelinePlan,
    workers: number,
    beganAt: number,
    note: (sentence: string) => void,
  ) {
    this.#plan = plan
    this.#beganAt = beganAt
    this.#note = note
    const { seed, fleets, timeline } = plan
    this.#events = timeline.map((event, ordinal) => {
      const chosen = chosenStations(event, ordinal, seed, fleets)
      const owners = new Set(chosen.map((index) => index % workers)).size
      const alike = timeline.filter(({ name }) => name === event.name).length > 1
      return new LoggedEvent(event, alike ? event.label : event.name, chosen.length, owners)
    })
  }

  heard(worker: number, report: EventReport): void {
    const event = this.#events[report.event]
    if (!event) return
    const [hadBegun, wasReturning, wasOver] = [event.hasBegun, event.isReturning, event.isOver]
    event.heard(worker, report)
    if (!hadBegun) this.#note(`${event.label}.`)
    if (!wasReturning && event.isReturning) this.#note(`${this.#returnLabel(event)}.`)
    if (!wasOver && event.isOver) for (const sentence of event.outcome()) this.#note(sentence)
  }

  /** In the order they happened. */
  marks(): readonly TimelineMark[] {
    const marks = this.#events.flatMap((event): readonly TimelineMark[] => {
      if (!event.hasBegun) return []
      const began = { atSecond: this.#second(event.beganEpochMs), label: event.label }
      const { stations, undone, brokenOff } = event.figures()
      const mark: TimelineMark = { ...began, stations, undone, brokenOff }
      if (!event.isReturning) return [mark]
      const { returned, backMs, allBackSeconds } = event.figures()
      const label = this.#returnLabel(event)
      const atSecond = this.#second(event.returningEpochMs)
      return [mark, { atSecond, label, stations: returned, backMs, allBackSeconds }]
    })
    return marks.sort((a, b) => a.atSecond - b.atSecond)
  }

  #second(epochMs: number): number {
    return Math.max(0, Math.round(epochMs - this.#beganAt) / 1000)
  }

  #returnLabel({ plan, name }: LoggedEvent): string {
    const endMs = plan.atMs + (plan.forMs ?? 0)
    const when = /:/.test(plan.when)
      ? formatClockTime(this.#plan.startsAtMs + endMs)
      : formatQuantity({ dimension: 'duration', value: endMs })
    const step = plan.parts[0]?.recovery[0]?.step ?? 'over'
    return `${when} ${step}, after ${name}`
  }
}

class LoggedEvent {
  readonly plan: TimelineEventPlan
  /** Enough to know it by, once its label was told. */
  readonly name: string
  readonly #stations: number
  /** Workers that have to do with it. */
  readonly #owners: number
  readonly #reports = new Map<number, EventReport>()

  constructor(plan: TimelineEventPlan, name: string, stations: number, owners: number) {
    this.plan = plan
    this.name = name
    this.#stations = stations
    this.#owners = owners
  }

  get label(): string {
    const { label, take } = this.plan
    return 'count' in take ? label : `${label}: ${showCountOf(this.#stations, 'station')}`
  }

  heard(worker: number, report: EventReport): void {
    this.#reports.set(worker, report)
  }

  get hasBegun(): boolean {
    return this.#reports.size > 0
  }

  get isReturning(): boolean {
    return this.#all.some(({ returningEpochMs }) => returningEpochMs !== null)
  }

  get isOver(): boolean {
    return this.#reports.size === this.#owners && this.#all.every(({ over }) => over)
  }

  get beganEpochMs(): number {
    return Math.min(...this.#all.map(({ beganEpochMs }) => beganEpochMs))
  }

  get returningEpochMs(): number {
    return Math.min(...this.#all.flatMap(({ returningEpochMs: at }) => (at === null ? [] : [at])))
  }

  figures() {
    const back = new LatencyHistogram()
    for (const report of this.#all) back.addEncoded(report.back)
    const lasts = this.#all.flatMap(({ lastBackEpochMs: at }) => (at === null ? [] : [at]))
    const returned = this.#sum((report) => report.returned)
    const all = returned === this.#stations
    return {
      stations: this.#stations,
      undone: this.#undone(),
      brokenOff: this.#sum((report) => report.brokenOff),
      returned,
      backMs: summarise(back),
      allBackSeconds: all ? Math.round(Math.max(...lasts) - this.returningEpochMs) / 1000 : null,
    }
  }

  /** What came of it, for people. */
  outcome(): readonly string[] {
    const { plan, name } = this
    const { undone, brokenOff, returned, backMs, allBackSeconds } = this.figures()
    const sentences: string[] = []
    if (plan.forMs !== undefined) {
      const half = backMs.p50 === null ? '' : `, half of them within ${shown(backMs.p50)}`
      sentences.push(
        allBackSeconds === null
          ? `After ${name}: ${returned} of ${showCountOf(this.#stations, 'station')} came back.`
          : `After ${name}: all ${showCountOf(this.#stations, 'station')} accepted again after ${shown(allBackSeconds * 1000)}${half}.`,
      )
    }
    if (brokenOff > 0) {
      sentences.push(`${name} broke off ${showCountOf(brokenOff, 'session')}.`)
    }
    for (const [reason, times] of Object.entries(undone)) {
      sentences.push(`${name} did nothing on ${showCountOf(times, 'station')}: ${reason}.`)
    }
    return sentences
  }

  get #all(): readonly EventReport[] {
    return [...this.#reports.values()]
  }

  #sum(of: (report: EventReport) => number): number {
    return this.#all.reduce((sum, report) => sum + of(report), 0)
  }

  #undone(): Readonly<Record<string, number>> {
    const all: Record<string, number> = {}
    for (const { undone } of this.#all) {
      for (const [reason, times] of Object.entries(undone)) all[reason] = (all[reason] ?? 0) + times
    }
    return all
  }
}

function shown(ms: number): string {
  return ms < 1000 ? `${Math.round(ms)} ms` : showSeconds(ms / 1000)
}
