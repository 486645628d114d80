import { ruleTitle } from '../../../conformance/rules/rule-table.ts'
import type { ViolationSample } from '../../../metrics/violation-log.ts'
import { showCountOf, showSeconds } from '../../figures.ts'
import type { RuleReport } from '../../result.ts'
import { type Html, html, nothing } from '../html.ts'
import { prettyFrame } from '../pretty-frame.ts'
import type { StoredReport } from '../stored-report.ts'
import { term } from './definitions.ts'
import type { Section } from './section.ts'

/** The rules that the target broke, the gravest first, with the frames that show it. */
export function violations({ violations: { total, byRule } }: StoredReport): Section | undefined {
  const rules = Object.entries(byRule).sort(byWeight)
  if (rules.length === 0) return undefined
  const body = html`<p>${showCountOf(total, 'violation')} of ${showCountOf(rules.length, 'rule')}. What each level means: ${term('MUST and SHOULD')}.</p>
${rules.map(([rule, found]) => ruleMarkup(rule, found))}`
  return { id: 'violations', title: 'Violations', body }
}

function byWeight([, a]: [string, RuleReport], [, b]: [string, RuleReport]): number {
  return (
    Number(a.tolerated) - Number(b.tolerated) ||
    Number(b.level === 'MUST') - Number(a.level === 'MUST') ||
    b.count - a.count
  )
}

function ruleMarkup(rule: string, { count, level, tolerated, samples }: RuleReport): Html {
  const grave = level === 'MUST' && !tolerated
  const sign = grave
    ? html`<span class="state bad">✗ ${level}</span>`
    : html`<span class="state odd">! ${level}</span>`
  const title = ruleTitle(rule)
  return html`<article class="rule">
<h3><code>${rule}</code> ${sign} <small>${showCountOf(count, 'time')}${tolerated ? ', tolerated by the scenario' : ''}</small></h3>
${title === rule ? nothing : html`<p>${title}</p>`}
${samples.map((sample, at) => sampleMarkup(sample, at === 0))}
</article>`
}

function sampleMarkup({ station, second, detail, frame }: ViolationSample, open: boolean): Html {
  const head = html`<b>${station}</b> after ${showSeconds(second)}: ${detail}`
  if (frame === '') return html`<p class="sample">${head}</p>`
  return html`<details class="sample"${open ? html` open` : nothing}><summary>${head}</summary><pre tabindex="0"><code>${prettyFrame(frame)}</code></pre></details>`
}
