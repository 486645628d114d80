import { markdownTable, markdownText } from '../markdown.ts'
import { howItWasJudged, type ShownComparison, verdictWords } from './comparison-text.ts'
import type { ChangeVerdict } from './judge-change.ts'
import { showChange, showFigure, showNoise, showWhole } from './show-change.ts'

const signs: Readonly<Record<ChangeVerdict, string>> = {
  worse: '❌ worse',
  better: '✅ better',
  same: 'same',
  'cannot tell': '❔ cannot tell',
}

/** The comparison for a pull request's comment. */
export function comparisonMarkdown({
  comparison,
  names,
  scenario,
  failOn,
}: ShownComparison): string {
  const { metrics, refusals, warnings, verdict } = comparison
  const moved = metrics.filter((one) => one.verdict === 'worse' || one.verdict === 'better')
  const rows = metrics.map((one) => [
    markdownText(one.metric),
    showFigure(one, one.before),
    showFigure(one, one.after),
    showChange(one),
    showNoise(one),
    signs[one.verdict],
  ])
  const blocks = [
    [`## ${verdictWords[verdict]} ${markdownText(scenario)}`],
    moved.slice(0, 5).map((one) => `- ${markdownText(one.metric)} ${showWhole(one)}`),
    [`Before: ${markdownText(names.before)}  `, `After: ${markdownText(names.after)}`],
    markdownTable(['metric', 'before', 'after', 'change', 'noise', ''], rows),
    failOn.map(({ condition, pass, actual }) => {
      return `- ${pass ? '✅' : '❌'} \`--fail-on ${condition}\`: ${markdownText(actual)}`
    }),
    [...refusals, ...warnings].map((warning) => `- ⚠️ ${markdownText(warning)}`),
    [`<sub>${markdownText(howItWasJudged(comparison))}</sub>`],
  ]
  const shown = blocks.filter((lines) => lines.length > 0).map((lines) => lines.join('\n'))
  return `${shown.join('\n\n')}\n`
}
