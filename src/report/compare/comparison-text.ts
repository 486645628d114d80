import { plainStyle, type Style } from '../style.ts'
import { bullet, fact, type Page } from '../summary-page.ts'
import { cut, tableLines } from '../table.ts'
import type { Comparison } from './compare-reports.ts'
import type { FailOnResult } from './fail-on.ts'
import type { ChangeVerdict, MetricChange } from './judge-change.ts'
import { showChange, showFigure, showNoise, showWhole } from './show-change.ts'

/** A comparison with what only the command line knows. */
export interface ShownComparison {
  readonly comparison: Comparison
  /** What people call the runs: folders. */
  readonly names: { readonly before: string; readonly after: string }
  readonly scenario: string
  readonly failOn: readonly FailOnResult[]
}

export const verdictWords: Readonly<Record<ChangeVerdict, string>> = {
  worse: '✗ WORSE',
  better: '✓ BETTER',
  same: '✓ NO CHANGE',
  'cannot tell': '? CANNOT TELL',
}

const marks: Readonly<Record<ChangeVerdict, string>> = {
  worse: '✗',
  better: '✓',
  same: '=',
  'cannot tell': '?',
}

/** The comparison for a terminal. */
export function comparisonText(
  shown: ShownComparison,
  { width = 80, style = plainStyle }: { readonly width?: number; readonly style?: Style } = {},
): string {
  const page: Page = { width: Math.max(60, Math.min(width, 100)), style, folder: undefined }
  const { comparison, names, failOn } = shown
  const blocks = [
    headLines(shown, page),
    [...fact('before', names.before, page), ...fact('after', names.after, page)],
    metricLines(comparison, page),
    failOn.map(({ condition, pass, actual }) => {
      return `  ${pass ? style.green('✓') : style.red('✗')} --fail-on ${condition}: ${actual}`
    }),
    [...comparison.refusals, ...comparison.warnings].flatMap((warning) =>
      bullet(style.yellow('!'), warning, page),
    ),
    bullet(style.dim('i'), howItWasJudged(comparison), page).map((line) => style.dim(line)),
  ]
  const lines = blocks.filter((block) => block.length > 0).map((block) => block.join('\n'))
  return `${lines.join('\n\n')}\n`
}

function headLines({ comparison, scenario }: ShownComparison, page: Page): string[] {
  const { style } = page
  const { verdict, metrics } = comparison
  const colour =
    verdict === 'worse' ? style.red : verdict === 'cannot tell' ? style.yellow : style.green
  const moved = metrics.filter((one) => one.verdict === 'worse' || one.verdict === 'better')
  return [
    `${style.bold(colour(verdictWords[verdict]))}  ${scenario}`,
    ...moved.slice(0, 5).flatMap((one) => bullet('-', `${one.metric} ${showWhole(one)}`, page)),
  ]
}

const longestName = 34

function metricLines({ metrics }: Comparison, page: Page): string[] {
  const { style } = page
  const rows = metrics.map((one) => [
    `${marks[one.verdict]} ${cut(one.metric, longestName)}`,
    showFigure(one, one.before),
    showFigure(one, one.after),
    showChange(one),
    showNoise(one),
  ])
  const head = ['  metric', 'before', 'after', 'change', 'noise']
  const [title, ...body] = tableLines({ head, rows })
  return [
    `  ${style.dim(title ?? '')}`,
    ...body.map((line, at) => `  ${coloured(line, metrics[at], style)}`),
    ...unknownLines(metrics, page),
  ]
}

function coloured(line: string, one: MetricChange | undefined, style: Style): string {
  if (one?.verdict === 'worse') return style.red(line)
  return one?.verdict === 'better' ? style.green(line) : line
}

const namedMetrics = 3

/** Why metrics cannot be told, each reason once with the first that it is about. */
function unknownLines(metrics: readonly MetricChange[], page: Page): string[] {
  const { style } = page
  const byNote = new Map<string, string[]>()
  for (const { metric, note } of metrics) {
    if (note !== undefined) byNote.set(note, [...(byNote.get(note) ?? []), metric])
  }
  return [...byNote].flatMap(([note, names]) => {
    const more = names.length - namedMetrics
    const rest = more > 0 ? ` and ${more} more` : ''
    return bullet(
      style.dim('?'),
      `${names.slice(0, namedMetrics).join(', ')}${rest}: ${note}`,
      page,
    )
  })
}

/** One paragraph on the statistics. */
export function howItWasJudged({ noise }: Comparison): string {
  const { level, blocks, pointSeconds, before, after } = noise
  const percent = Math.round(level * 100)
  if (!before || !after) {
    return `Noise is judged from at least 30 points of the series, here of ${pointSeconds} s each, that do not hang together for too long. These runs do not have them: run longer.`
  }
  const points = `${before.points} and ${after.points} points of ${pointSeconds} s in ${blocks} blocks`
  const memory = `autocorrelation of p50 ${before.autocorrelation} and ${after.autocorrelation}`
  return `Noise: ${points} (${memory}), ${percent} % over all ${noise.metrics} metrics together. It is the noise within each run; what differs from run to run is not in it, so changes below 5 % count as none.`
}
