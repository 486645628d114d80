import { nearestName } from '../../shared/nearest.ts'
import type { MetricChange } from './judge-change.ts'

/** A condition of `--fail-on` that was read and found sound. */
export interface FailOn {
  /** As written. */
  readonly text: string
  /** As in `MetricChange`; undefined: any metric that is worse. */
  readonly metric?: string
  readonly operator: '>' | '<'
  readonly amount: number
  /** `part` of the value before; else in the metric's own unit (ms, per second, share of 1). */
  readonly measure: 'part' | 'ms' | '/s' | 'share'
}

export interface FailOnError {
  readonly message: string
  /** Where in the text, for a caret. */
  readonly offset: number
  readonly length: number
}

/** What came of a condition. */
export interface FailOnResult {
  readonly condition: string
  readonly pass: boolean
  /** One sentence: what was measured. */
  readonly actual: string
}

const plainMetrics = [
  'rate',
  'errors',
  'p50',
  'p95',
  'p99',
  'p99.9',
  'service.p50',
  'service.p95',
  'service.p99',
  'service.p99.9',
  'connect.p50',
  'connect.p95',
] as const

const actionMetrics: readonly string[] = ['p50', 'p95', 'p99']

const shape = /^(\s*)([^\s<>{}+-]*)(\{[^}]*\})?(\s*)([<>]?)(=?\s*)([+-]?)(\s*)(\d+(?:\.\d+)?|)(.*)$/

/**
 * Reads `METRIC > +10%`, `METRIC < -5/s`, `METRIC{action:NAME} > +2ms`, or `worse`.
 *
 * Metric: `rate`, `errors`, `p50` ... `p99.9`, `service.p50` ..., `connect.p50`; by action `p50`, `p95`,
 * `p99`. Change: sign, number, and `%` (of the value before) or the metric's unit: `ms` or `s` for
 * times, `/s` for the rate, nothing for errors, which are a share of 1.
 */
export function parseFailOn(text: string): FailOn | { readonly error: FailOnError } {
  if (text.trim() === 'worse') return { text: 'worse', operator: '>', amount: 0, measure: 'part' }
  const parts = shape.exec(text)
  const [, before = '', name = '', tag = '', gap = '', operator = ''] = parts ?? []
  const [between = '', sign = '', space = '', digits = '', unit = ''] = parts?.slice(6) ?? []
  const atName = before.length
  const atOperator = atName + name.length + tag.length + gap.length
  const atChange = atOperator + operator.length + between.length
  const wrong = (message: string, offset: number, length: number) => {
    return { error: { message, offset, length: Math.max(1, length) } }
  }
  const metric = readMetric(name, tag)
  if ('error' in metric) return wrong(metric.error, atName, name.length + tag.length)
  if (operator === '' || between.startsWith('=')) {
    return wrong('here belongs > or <', atOperator, 1)
  }
  if (sign === '') {
    const rest = text.length - atChange
    return wrong('say by how much it may change, with its sign: +10% or -10%', atChange, rest)
  }
  if (digits === '') return wrong('a number is missing', atChange + 1 + space.length, 1)
  const atUnit = atChange + 1 + space.length + digits.length
  const measured = measureOf(name, unit.trim())
  if ('error' in measured) return wrong(measured.error, atUnit, unit.length)
  const amount = (sign === '-' ? -1 : 1) * Number(digits) * measured.factor
  if (operator === '>' || operator === '<') {
    return { text: text.trim(), metric: metric.name, operator, amount, measure: measured.measure }
  }
  return wrong('here belongs > or <', atOperator, 1)
}

function readMetric(name: string, tag: string): { readonly name: string } | { error: string } {
  if (!plainMetrics.some((known) => known === name)) {
    const near = nearestName(name, [...plainMetrics, 'worse'])
    const hint =
      near === undefined ? `there are ${plainMetrics.join(', ')}` : `did you mean ${near}?`
    return { error: name === '' ? `a metric is missing; ${hint}` : `no metric "${name}"; ${hint}` }
  }
  if (tag === '') return { name }
  const action = /^\{\s*action\s*:\s*([\w.-]+)\s*\}$/.exec(tag)?.[1]
  if (action === undefined) return { error: 'the tag is of the form {action:Heartbeat}' }
  if (!actionMetrics.includes(name)) {
    return { error: `by action there are ${actionMetrics.join(', ')}` }
  }
  return { name: `${name}{action:${action}}` }
}

interface Measure {
  readonly measure: FailOn['measure']
  readonly factor: number
}

function measureOf(name: string, unit: string): Measure | { readonly error: string } {
  if (unit === '%') return { measure: 'part', factor: 0.01 }
  if (name === 'rate') {
    return unit === '/s' ? { measure: '/s', factor: 1 } : { error: 'a rate changes by % or by /s' }
  }
  if (name === 'errors') {
    return unit === ''
      ? { measure: 'share', factor: 1 }
      : { error: 'errors change by % or by a share of 1, like +0.001' }
  }
  if (unit === 'ms') return { measure: 'ms', factor: 1 }
  return unit === 's' ? { measure: 'ms', factor: 1000 } : { error: 'a time changes by %, ms or s' }
}

/**
 * Whether a condition holds. It fails where the measured change breaks it, unless noise explains the
 * change; where nobody can tell how much noise there is, the measured change decides. What was not
 * measured fails.
 */
export function judgeFailOn(
  condition: FailOn,
  changes: readonly MetricChange[],
  show: (change: MetricChange) => string,
): FailOnResult {
  const { text, metric } = condition
  if (metric === undefined) {
    const worse = changes.filter(({ verdict }) => verdict === 'worse')
    const names = worse.map((change) => change.metric).join(', ')
    return { condition: text, pass: worse.length === 0, actual: names === '' ? 'none' : names }
  }
  const change = changes.find((one) => one.metric === metric)
  const moved = change === undefined ? null : movedBy(condition, change)
  if (change === undefined || moved === null) {
    return { condition: text, pass: false, actual: change?.note ?? 'not measured in both runs' }
  }
  const broken = condition.operator === '>' ? moved > condition.amount : moved < condition.amount
  if (!broken) return { condition: text, pass: true, actual: show(change) }
  const excused = change.verdict === 'same' && isWithinNoise(change)
  return {
    condition: text,
    pass: excused,
    actual: `${show(change)}${excused ? ', within the noise' : ''}`,
  }
}

function isWithinNoise({ change, noise }: MetricChange): boolean {
  return change !== null && noise !== null && Math.abs(change) <= noise
}

function movedBy({ measure }: FailOn, { before, after }: MetricChange): number | null {
  if (before === null || after === null) return null
  if (measure !== 'part') return after - before
  if (before === 0) return after === 0 ? 0 : Number.POSITIVE_INFINITY
  return after / before - 1
}
