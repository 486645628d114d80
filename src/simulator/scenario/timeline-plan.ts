import { steps as stepList } from '../../document/fields/steps.ts'
import type { Reader } from '../../document/reader.ts'
import {
  entryOf,
  type SourceEntry,
  type SourceNode,
  type Span,
} from '../../document/source-node.ts'
import type { StepPlan } from '../../document/step-form.ts'
import { formatQuantity } from '../../document/units.ts'
import { stepTable } from '../steps/registry.ts'
import { builtinNames } from '../steps/variables.ts'
import { counted } from './counted.ts'
import { sinceStart } from './fields/time-of-day.ts'
import { FleetScope } from './fleet-scope.ts'
import type { FleetPlan, TimelineEventPlan, TimelinePart } from './plan.ts'
import type { FleetDraft } from './sections/fleet.ts'
import type { EventDraft } from './sections/timeline.ts'

/** What the events of a timeline are read against. */
export interface TimelineSetting {
  readonly startsAtMs: number
  readonly drafts: readonly FleetDraft[]
  readonly fleets: readonly FleetPlan[]
  /** Simulated milliseconds from the begin of the day to the end of the run; undefined = open. */
  readonly dayMs: number | undefined
}

/** Reads what each event does for every fleet that it comes over. */
export function timelinePlan(
  events: readonly EventDraft[],
  setting: TimelineSetting,
  reader: Reader,
): readonly TimelineEventPlan[] {
  return events
    .flatMap((event) => new EventReader(event, setting, reader).plan() ?? [])
    .sort((a, b) => a.atMs - b.atMs)
}

class EventReader {
  readonly #event: EventDraft
  readonly #setting: TimelineSetting
  readonly #reader: Reader

  constructor(event: EventDraft, setting: TimelineSetting, reader: Reader) {
    this.#event = event
    this.#setting = setting
    this.#reader = reader
  }

  plan(): TimelineEventPlan | undefined {
    const { at, share, count, for: forMs, spread } = this.#event
    const over = this.#fleets()
    if (!over) return undefined
    const parts = over.flatMap((fleet) => this.#part(fleet) ?? [])
    this.#checkTogether()
    const atMs = sinceStart(at, this.#setting.startsAtMs)
    this.#checkEnd(atMs + (forMs ?? 0) + spread)
    const take = count === undefined ? { share: share ?? 1 } : { count }
    const event = { atMs, forMs, spreadMs: spread, take, parts, when: at.text }
    const { fleets } = this.#setting
    const there = over.reduce((sum, fleet) => sum + (fleets[fleet]?.count ?? 0), 0)
    if (count !== undefined && count > there) {
      this.#report('count', `${count}, and there are ${counted(there, 'station')}.`)
    }
    if (parts.length < over.length) return undefined
    const name = `${at.text} ${stepNames(this.#event.do)}`
    return { ...event, name, label: `${name}, ${this.#whose()}` }
  }

  /** Indexes of the fleets that it comes over; undefined where the file names one that is not there. */
  #fleets(): readonly number[] | undefined {
    const { fleets } = this.#setting
    const { fleet: wanted } = this.#event
    if (wanted === undefined) return fleets.map((_, i) => i)
    const at = fleets.findIndex(({ name }) => name === wanted)
    if (at >= 0) return [at]
    const names = fleets.map(({ name }) => name)
    const message = `There is no fleet "${wanted}"`
    return this.#reader.reportUnknown(this.#spanOf('fleet'), message, wanted, names, 'There are')
  }

  #part(fleet: number): TimelinePart | undefined {
    const draft = this.#setting.drafts[fleet]
    if (!draft) return undefined
    const { version, station } = draft
    const scope = new FleetScope(version, station.evses)
    return this.#reader.within(scope, () => {
      const steps = this.#read(this.#event.do)
      this.#reader.checkTemplates(scope, Object.keys(builtinNames))
      const recovery = steps && this.#recovery(steps)
      return recovery && { fleet, steps, recovery }
    })
  }

  #read(node: SourceNode): readonly StepPlan[] | undefined {
    const list: SourceNode =
      node.kind === 'list' ? node : { kind: 'list', items: [node], span: node.span }
    return this.#reader.underKey('do', () => stepList().parse(list, this.#reader))
  }

  /** What takes it back after `for`. */
  #recovery(steps: readonly StepPlan[]): readonly StepPlan[] | undefined {
    if (this.#event.for === undefined) return []
    const node = this.#event.do
    const [only] = steps
    const undo = only && stepTable[only.step]?.undoneBy
    if (steps.length !== 1 || undo === undefined) {
      const able = Object.values(stepTable)
        .filter(({ undoneBy }) => undoneBy !== undefined)
        .map(({ name }) => name)
      return this.#report('for', `"for" goes with a single ${able.join(', ')}.`)
    }
    const item = node.kind === 'list' ? node.items[0] : node
    const own = item?.kind === 'map' ? item.entries[0] : undefined
    if (own?.value.kind === 'map' && entryOf(own.value, 'for')) {
      return this.#report('for', `"for" is said twice: here and in "${own.key}".`)
    }
    return this.#read(undoing(undo, own, this.#event))
  }

  #checkTogether(): void {
    const { share, count, for: forMs, spread, comeBack, do: node } = this.#event
    if (share !== undefined && count !== undefined) {
      this.#report('count', '"share" and "count" say the same; leave one of them out.')
    }
    if (spread > 0 && forMs === undefined) this.#report('spread', '"spread" goes with "for".')
    const disconnects = firstStep(node) === 'disconnect' && forMs !== undefined
    if (comeBack !== undefined && !disconnects) {
      this.#report('comeBack', '"comeBack" goes with disconnect and "for".')
    }
  }

  #checkEnd(endMs: number): void {
    const { dayMs } = this.#setting
    if (dayMs === undefined || endMs <= dayMs) return
    const [end, day] = [endMs, dayMs].map((value) =>
      formatQuantity({ dimension: 'duration', value }),
    )
    this.#report(
      'at',
      `It is over ${end} after the begin of the day, and the run ends after ${day}.`,
    )
  }

  /** Over whom it comes, and for how long. */
  #whose(): string {
    const { fleet, share, count, for: forMs } = this.#event
    const of = fleet === undefined ? '' : ` of ${fleet}`
    const whose =
      count === undefined
        ? share === undefined
          ? (fleet ?? 'all')
          : `${formatQuantity({ dimension: 'percent', value: share })}${of}`
        : `${counted(count, 'station')}${of}`
    const lasting =
      forMs === undefined ? '' : `, for ${formatQuantity({ dimension: 'duration', value: forMs })}`
    return `${whose}${lasting}`
  }

  #report(key: string, message: string): undefined {
    return this.#reader.report(this.#spanOf(key), message)
  }

  #spanOf(key: string): Span {
    const { node } = this.#event
    const entry = node.kind === 'map' ? entryOf(node, key) : undefined
    return entry?.value.span ?? node.span
  }
}

/** `{clearFault: {connector: 2}}` for `{fault: {code: ..., connector: 2}}`. */
function undoing(undo: string, own: SourceEntry | undefined, event: EventDraft): SourceNode {
  const { span } = event.do
  const places = own?.value.kind === 'map' ? own.value.entries : []
  const entries = places.filter(({ key }) => key === 'evse' || key === 'connector')
  if (undo === 'reconnect' && event.comeBack !== 'atOnce') {
    const value = { kind: 'scalar', value: true, text: 'true', span } as const
    entries.push({ key: 'backOff', keySpan: span, value })
  }
  return {
    kind: 'map',
    span,
    entries: [{ key: undo, keySpan: span, value: { kind: 'map', span, entries } }],
  }
}

function firstStep(node: SourceNode): string | undefined {
  const item = node.kind === 'list' ? node.items[0] : node
  if (item?.kind === 'scalar') return item.text
  return item?.kind === 'map' ? item.entries[0]?.key : undefined
}

function stepNames(node: SourceNode): string {
  const items = node.kind === 'list' ? node.items : [node]
  return items.map((item) => firstStep(item) ?? '').join(', ')
}
