import { object, oneOrMore } from '../../../document/fields/collections.ts'
import { type Field, optional, required, withDefault } from '../../../document/fields/field.ts'
import { duration } from '../../../document/fields/quantities.ts'
import { boolean, text } from '../../../document/fields/scalars.ts'
import type { Reader } from '../../../document/reader.ts'
import { entryOf, type SourceNode, type Span } from '../../../document/source-node.ts'
import { thresholdMetricNames } from '../../../metrics/threshold-metrics.ts'
import {
  parseThreshold,
  type ThresholdError,
  type ThresholdPlan,
  type TimeSpan,
} from '../../../metrics/thresholds.ts'

const wants = 'thresholds like {ocpp_response_time: ["p(95)<50"]}'

const span = object(
  {
    from: withDefault(duration(), 'From the begin of steady.', 0, '0s'),
    to: required(duration({ min: 1 }), 'From the begin of steady.'),
  },
  { wants: 'a part of steady like {from: 30s, to: 60s}' },
)

const windowName = text({ wants: 'a window like steady, or {from: 30s, to: 60s}' })

/** The name of a window, or a part of steady. */
const during: Field<string | TimeSpan> = {
  wants: windowName.wants,
  parse(node, reader) {
    if (node.kind !== 'map') return windowName.parse(node, reader)
    const given = span.parse(node, reader)
    if (!given) return undefined
    if (given.to > given.from) return { fromMs: given.from, toMs: given.to }
    return reader.report(node.span, '"to" must come after "from".')
  },
  schema: () => ({ anyOf: [windowName.schema(), span.schema()] }),
}

/** One condition on a metric. */
export const condition = object(
  {
    threshold: required(text({ wants: 'a condition like p(95)<200' }), 'The condition.'),
    abortOnFail: withDefault(boolean(), 'End the run as soon as it fails.', false),
    delayAbortEval: withDefault(duration(), 'But not before this.', 0, '0s'),
    during: optional(
      during,
      'steady, ramp, warmup, drain, run, or a part of steady like {from: 30s, to: 60s}, counted from where it begins: what ended in it.',
      'steady',
    ),
  },
  { wants: 'a condition like p(95)<200', shorthand: 'threshold' },
)

const conditions = oneOrMore(condition)

/** k6's grammar: metric, tags in braces, conditions. */
export const thresholds: Field<ThresholdPlan[]> = {
  wants,
  parse(node, reader) {
    if (node.kind !== 'map') return reader.refuse(node, wants)
    const plans = node.entries.flatMap(({ key, keySpan, value }) => {
      const items = value.kind === 'list' ? value.items : [value]
      return items.map((item) => parseOne(key, keySpan, item, reader))
    })
    return plans.every((plan) => plan !== undefined) ? plans : undefined
  },
  schema: () => ({
    type: 'object',
    patternProperties: { [`^(${thresholdMetricNames.join('|')})`]: conditions.schema() },
    additionalProperties: false,
  }),
}

function parseOne(
  selector: string,
  selectorSpan: Span,
  node: SourceNode,
  reader: Reader,
): ThresholdPlan | undefined {
  const given = condition.parse(node, reader)
  if (!given) return undefined
  const plan = parseThreshold(selector, given.threshold, {
    abortOnFail: given.abortOnFail,
    delayAbortEvalMs: given.delayAbortEval,
    ...(given.during === undefined ? {} : { during: given.during }),
  })
  if (!('error' in plan)) return plan
  const { message, near } = plan.error
  const hint = near === undefined ? '.' : `. Did you mean "${near}"?`
  const texts = {
    selector: [selectorSpan, selector],
    expression: [spanIn(node, 'threshold'), given.threshold],
    during: [spanIn(node, 'during'), typeof given.during === 'string' ? given.during : ''],
  } as const
  const [span, written] = texts[plan.error.part]
  return reader.report(within(span, written, plan.error), message + hint)
}

function spanIn(node: SourceNode, key: string): Span {
  return (node.kind === 'map' ? entryOf(node, key)?.value.span : undefined) ?? node.span
}

/** The part of a text that is wrong; a quote in front of it makes the span longer than the text. */
function within(span: Span, text: string, { offset, length }: ThresholdError): Span {
  const quote = span.end - span.start > text.length ? 1 : 0
  const start = Math.min(span.start + quote + offset, span.end - 1)
  return { start, end: Math.max(start + 1, Math.min(span.end - quote, start + length)) }
}
