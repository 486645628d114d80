import { phases } from '../../src/metrics/phase.ts'
import { metricSpec, thresholdMetricNames } from '../../src/metrics/threshold-metrics.ts'
import { operators } from '../../src/metrics/thresholds.ts'
import { block, code, page, table } from './markdown.ts'

const example = `thresholds:
  ocpp_response_time: ["p(95)<50", "p(99)<200"]
  ocpp_response_time{action:MeterValues,fleet:street}: ["p(99)<100"]
  ocpp_errors:
    - { threshold: "rate<0.001", abortOnFail: true, delayAbortEval: 10s }
  ocpp_response_time{fleet:street}:
    - { threshold: "p(99)<100", during: { from: 30s, to: 60s } }`

/** `docs/reference/thresholds.md`. */
export function thresholdReference(): string {
  const rows = thresholdMetricNames.map((name) => {
    const { summary, unit, aggregates, tags, wholeRun } = metricSpec(name)
    const shown = aggregates.map((one) => code(one === 'p' ? 'p(N)' : one)).join(' ')
    const note = wholeRun ? '; covers the whole run' : ''
    return [code(name), summary + note, unit, shown, tags.map(code).join(' ')]
  })
  return page(
    'Thresholds',
    'Generated from `src/metrics/threshold-metrics.ts`.',
    'A threshold is a metric, tags in braces, an aggregate, an operator and a number: the grammar of ' +
      'k6. One that does not hold fails the run with exit code 99.',
    block('yaml', example),
    table(['metric', 'is', 'unit', 'aggregates', 'tags'], rows),
    'Times are in milliseconds. The `rate` of a count is per second; that of errors is a share, ' +
      'from 0 to 1.',
    `Operators: ${Object.keys(operators).map(code).join(' ')}.`,
    `A threshold covers steady, or the whole run where the scenario has no \`steady\`. \`during\`, or the ` +
      `tag \`phase\`, names another window: ${['run', ...phases].map(code).join(' ')}.`,
    '`during: { from: 30s, to: 60s }` covers a part of steady, counted from where steady begins. Windows ' +
      'hold what was *due* in them; such a part holds what *ended* in it (was answered, failed or was ' +
      'dropped), whenever it was due.',
    '`abortOnFail` ends the run as soon as its threshold fails, not before `delayAbortEval` since the ' +
      'run began; it is looked at once a second and needs samples, and its window to have begun. With ' +
      '`find-max`, thresholds without a window are the limits of every probe.',
    'Where there was nothing to tell a value from (no such CALL was sent), the threshold fails and says so.',
  )
}
