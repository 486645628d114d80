import { list, object } from '../../document/fields/collections.ts'
import { type Field, mapped, required } from '../../document/fields/field.ts'
import { duration, rate } from '../../document/fields/quantities.ts'
import { integer } from '../../document/fields/scalars.ts'
import { formatQuantity } from '../../document/units.ts'
import { thousands } from '../scenario/counted.ts'
import type { LoadCurve } from './executor.ts'

/** A stretch of time at whose end a value is reached, in a straight line from where it was. */
export interface Stage {
  /** Milliseconds of real time; 0 = at once. */
  readonly duration: number
  /** Per second, or stations. */
  readonly target: number
}

/** A rate that may also be none. */
export const anyRate = rate({ min: 0, max: 1_000_000 })

function stagesOf(target: Field<number>, example: string): Field<readonly Stage[]> {
  const stage = object(
    {
      duration: required(duration(), 'How long it takes to get there; 0s = at once. Real time.'),
      target: required(target, 'Where it then is.'),
    },
    { wants: `a stage like {duration: 30s, target: ${example}}` },
  )
  const stages = list(stage, `stages like [{duration: 30s, target: ${example}}]`)
  const checked: Field<Stage[]> = mapped(stages, (all, node, reader) => {
    if (all.length === 0) return reader.report(node.span, `No stages; it wants ${stages.wants}.`)
    if (stagesLengthMs(all) > 0) return all
    return reader.report(node.span, 'The stages last no time at all.')
  })
  return { ...checked, schema: () => ({ ...stages.schema(), minItems: 1 }) }
}

/** Stages of a rate. */
export const rateStages = stagesOf(anyRate, '2000/s')

/** Stages of a number of stations. */
export const stationStages = stagesOf(
  integer({ min: 0, max: 1_000_000, wants: 'a number of stations' }),
  '500',
)

/** Real milliseconds that they last together. */
export function stagesLengthMs(stages: readonly Stage[]): number {
  return stages.reduce((sum, { duration: ms }) => sum + ms, 0)
}

/** The same way in `factor` times the time. */
export function stretchedStages(stages: readonly Stage[], factor: number): readonly Stage[] {
  return stages.map(({ duration: ms, target }) => ({ duration: ms * factor, target }))
}

/** `0/s, 2000/s in 30s, 2000/s for 1min`: for `--dry-run`. */
export function stagesText(
  start: number,
  stages: readonly Stage[],
  show: (value: number) => string,
): string {
  let from = start
  const parts = stages.map(({ duration: ms, target }) => {
    const held = target === from && ms > 0
    from = target
    if (held) return `held for ${showTime(ms)}`
    return `to ${show(target)} ${ms === 0 ? 'at once' : `in ${showTime(ms)}`}`
  })
  return `from ${show(start)} ${parts.join(', ')}`
}

/** The points of a load that stages say. */
export function stagesCurve(unit: string, start: number, stages: readonly Stage[]): LoadCurve {
  let atMs = 0
  const points = stages.map(({ duration: ms, target }) => {
    atMs += ms
    return { atMs, value: target }
  })
  return { unit, points: [{ atMs: 0, value: start }, ...points] }
}

/** `200/s` */
export function showRate(perSecond: number): string {
  if (perSecond >= 1000) return `${thousands(perSecond)}/s`
  return formatQuantity({ dimension: 'rate', value: perSecond })
}

/** `30s`, `1min30s` */
export function showTime(ms: number): string {
  return formatQuantity({ dimension: 'duration', value: ms })
}
