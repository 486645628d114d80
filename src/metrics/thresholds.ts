import { nearestName } from '../shared/nearest.ts'
import { type Phase, phases } from './phase.ts'
import type { Selection } from './selection.ts'
import {
  type AggregateName,
  metricSpec,
  type ThresholdMetric,
  thresholdMetricNames,
} from './threshold-metrics.ts'

/** What a threshold covers: one phase, or everything. */
export type During = Phase | 'run'

/** A part of steady, counted from where it begins. What *ended* in it is covered, whenever it was due. */
export interface TimeSpan {
  readonly fromMs: number
  readonly toMs: number
}

/** A threshold that was read and found sound; plain data. */
export interface ThresholdPlan {
  /** Metric and tags as written: `ocpp_response_time{action:Heartbeat}`. */
  readonly selector: string
  /** As written: `p(95)<200`. */
  readonly expression: string
  readonly metric: ThresholdMetric
  readonly selection: Selection
  readonly aggregate: AggregateName
  /** Of `p`: 0 to 100. */
  readonly percent: number
  readonly operator: Operator
  /** Milliseconds for times. */
  readonly bound: number
  /** Undefined: steady, the whole run where there is none (connect and boot times: the whole run). */
  readonly during?: During | TimeSpan | undefined
  readonly abortOnFail: boolean
  /** How long after the run's begin a failure first aborts. */
  readonly delayAbortEvalMs: number
}

/** What may stand beside the expression in the file. */
export interface ThresholdOptions {
  readonly abortOnFail?: boolean
  readonly delayAbortEvalMs?: number
  readonly during?: string | TimeSpan
}

export interface ThresholdError {
  readonly message: string
  /** Which of the three texts is wrong, and where in it (for a caret). */
  readonly part: 'selector' | 'expression' | 'during'
  readonly offset: number
  readonly length: number
  /** The name that was probably meant. */
  readonly near?: string
}

/** What a threshold may compare with, k6's. */
export const operators = {
  '<=': (actual: number, bound: number) => actual <= bound,
  '>=': (actual: number, bound: number) => actual >= bound,
  '===': (actual: number, bound: number) => actual === bound,
  '==': (actual: number, bound: number) => actual === bound,
  '!=': (actual: number, bound: number) => actual !== bound,
  '<': (actual: number, bound: number) => actual < bound,
  '>': (actual: number, bound: number) => actual > bound,
} as const

type Operator = keyof typeof operators

const selectorShape = /^\s*([^\s{}]*)\s*(?:\{([^{}]*)\})?\s*$/
const expressionShape =
  /^\s*([a-z]+)\s*(?:\(\s*([^()]*?)\s*\))?\s*(<=|>=|===|==|!=|<|>)\s*(\S.*?)\s*$/
const decimal = /^-?\d+(\.\d+)?$/

/**
 * Reads a threshold in k6's grammar.
 *
 * @param selector metric with optional tags: `ocpp_response_time{action:Heartbeat,fleet:street}`
 * @param expression aggregate, operator and bound: `p(95)<200`; times in milliseconds
 */
export function parseThreshold(
  selector: string,
  expression: string,
  options: ThresholdOptions = {},
): ThresholdPlan | { readonly error: ThresholdError } {
  const target = parseSelector(selector)
  if ('error' in target) return target
  const condition = parseExpression(target.metric, expression)
  if ('error' in condition) return condition
  const during = parseDuring(target.phase, options.during)
  if (typeof during === 'object' && 'error' in during) return during
  return {
    selector: selector.trim(),
    expression: expression.trim(),
    metric: target.metric,
    selection: target.selection,
    ...condition,
    ...(during === undefined ? {} : { during }),
    abortOnFail: options.abortOnFail ?? false,
    delayAbortEvalMs: options.delayAbortEvalMs ?? 0,
  }
}

type Failure = { readonly error: ThresholdError }

function fail(
  part: ThresholdError['part'],
  text: string,
  word: string,
  message: string,
  names: readonly string[] = [],
): Failure {
  const near = nearestName(word, names)
  const error = { message, part, offset: Math.max(0, text.indexOf(word)), length: word.length }
  return { error: near === undefined ? error : { ...error, near } }
}

interface Target {
  readonly metric: ThresholdMetric
  readonly selection: Selection
  readonly phase: Phase | undefined
}

function parseSelector(text: string): Target | Failure {
  const shape = selectorShape.exec(text)
  const name = shape?.[1] ?? ''
  if (!shape || name === '') {
    return fail('selector', text, text, `"${text}" is not of the form metric{tag:value,...}`)
  }
  const metric = thresholdMetricNames.find((known) => known === name)
  if (!metric) {
    return fail('selector', text, name, `Unknown metric "${name}"`, thresholdMetricNames)
  }
  const tags: Record<string, string> = {}
  const list = shape[2] ?? ''
  for (const pair of list.trim() === '' ? [] : list.split(',')) {
    const problem = readTag(text, metric, pair, tags)
    if (problem) return problem
  }
  const { phase, ...selection } = tags
  return { metric, selection, phase: phases.find((known) => known === phase) }
}

function readTag(
  text: string,
  metric: ThresholdMetric,
  pair: string,
  tags: Record<string, string>,
): Failure | undefined {
  const colon = pair.indexOf(':')
  const tag = pair.slice(0, colon).trim()
  const value = pair.slice(colon + 1).trim()
  if (colon < 0 || tag === '' || value === '') {
    return fail('selector', text, pair.trim(), `"${pair.trim()}" is not of the form tag:value`)
  }
  const known = metricSpec(metric).tags
  if (!known.includes(tag)) {
    const message = `${metric} has no tag "${tag}"; it has ${known.join(', ')}`
    return fail('selector', text, tag, message, known)
  }
  if (tag in tags) return fail('selector', text, tag, `Tag "${tag}" is said twice`)
  if (tag === 'phase' && !phases.some((phase) => phase === value)) {
    const message = `Unknown phase "${value}"; there are ${phases.join(', ')}`
    return fail('selector', text, value, message, phases)
  }
  tags[tag] = value
  return undefined
}

type Condition = Pick<ThresholdPlan, 'aggregate' | 'percent' | 'operator' | 'bound'>

function parseExpression(metric: ThresholdMetric, text: string): Condition | Failure {
  const shape = expressionShape.exec(text)
  const name = shape?.[1] ?? ''
  const argument = shape?.[2]
  const bound = shape?.[4] ?? ''
  const operator = operatorOf(shape?.[3])
  if (!shape || !operator) {
    const message = `"${text}" is not of the form aggregate, operator, number, like p(95)<200`
    return fail('expression', text, text, message)
  }
  const known = metricSpec(metric).aggregates
  const aggregate = known.find((one) => one === name)
  if (!aggregate) {
    const shown = known.map((one) => (one === 'p' ? 'p(N)' : one))
    const message = `${metric} has no aggregate "${name}"; it has ${shown.join(', ')}`
    return fail('expression', text, name, message, known)
  }
  const percent = readPercent(aggregate, argument)
  if (percent === undefined) {
    const message = 'p takes a percentage above 0, at most 100, like p(95); nothing else takes one'
    return fail('expression', text, argument ?? name, message)
  }
  if (!decimal.test(bound)) {
    const unit = metricSpec(metric).unit === 'ms' ? ' of milliseconds' : ''
    return fail('expression', text, bound, `"${bound}" is not a number${unit}`)
  }
  return { aggregate, percent, operator, bound: Number(bound) }
}

function operatorOf(text: string | undefined): Operator | undefined {
  return text !== undefined && text in operators ? (text as Operator) : undefined
}

function readPercent(aggregate: AggregateName, argument: string | undefined): number | undefined {
  if (aggregate !== 'p') return argument === undefined ? 0 : undefined
  if (argument === undefined || !decimal.test(argument)) return undefined
  const percent = Number(argument)
  return percent > 0 && percent <= 100 ? percent : undefined
}

function parseDuring(
  phase: Phase | undefined,
  text: string | TimeSpan | undefined,
): During | TimeSpan | undefined | Failure {
  if (text === undefined) return phase
  if (typeof text === 'object') {
    if (phase === undefined) return text
    return fail('during', '', '', `The tag phase:${phase} says another window`)
  }
  const known: readonly During[] = ['run', ...phases]
  const during = known.find((one) => one === text)
  if (!during) {
    return fail('during', text, text, `Unknown "${text}"; there are ${known.join(', ')}`, known)
  }
  if (phase !== undefined && phase !== during) {
    return fail('during', text, text, `The tag phase:${phase} says another window`)
  }
  return during
}
