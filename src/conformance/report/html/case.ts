import { showCountOf, showMs } from '../../../report/figures.ts'
import { type Html, html, nothing } from '../../../report/html/html.ts'
import { table } from '../../../report/html/sections/table.ts'
import { isFlaky, knownWords } from '../build-report.ts'
import type { CaseReport, CheckReport } from '../result.ts'
import { repeatMarkup } from './head.ts'
import { mostSteps, sequence } from './sequence.ts'
import { stateMarkup } from './state.ts'

/** A case folded to a line; inside: what was checked, and what went over the wires. */
export function caseMarkup(one: CaseReport): Html {
  const { id, title, outcome, seconds } = one
  const open = outcome === 'red' ? html` open` : nothing
  return html`<details class="case ${outcome}" id="${id}"${open}>
<summary>${stateMarkup(one)} <code>${id}</code> <span class="title">${title}</span> <small>${showMs(seconds * 1000)}</small></summary>
<div class="inside">
<p class="origin">${originText(one)}</p>
${why(one)}
${checksMarkup(one)}
${sequence(one)}
${repeatMarkup(one.repeat, `Play ${id} again`)}
</div>
</details>
`
}

function originText(one: CaseReport): string {
  const { source, profile, stability, feature, attempts, tags } = one
  return [
    `${source.document}, ${source.edition}`,
    `profile ${profile}`,
    ...(feature === undefined ? [] : [`only where ${feature} is claimed`]),
    ...(tags.length === 0 ? [] : [tags.join(', ')]),
    ...(stability === 'provisional' ? ['provisional: the field disagrees about it'] : []),
    ...(isFlaky(one) ? [`flaky: it passed when it was played ${attempts} times`] : []),
  ].join(' · ')
}

function why({ reason, skip, known }: CaseReport): Html {
  const linked = known?.link === undefined ? nothing : html` (${known.link})`
  return html`${reason === undefined ? nothing : html`<p>${skip === undefined ? reason : `${skip}: ${reason}`}</p>`}${
    known ? html`<p>The case ${knownWords(known)}${linked}</p>` : nothing
  }`
}

/** What is wrong stands openly, what is right is folded away. */
function checksMarkup({ id, checks }: CaseReport): Html {
  const wrong = checks.filter(({ passed }) => !passed)
  const right = checks.filter(({ passed }) => passed)
  const folded = html`<details class="right"><summary>${showCountOf(right.length, 'check')} passed</summary>${checkTable(id, right, 'passed')}</details>`
  return html`${wrong.length === 0 ? nothing : checkTable(id, wrong, 'did not pass')}${
    right.length === 0 ? nothing : folded
  }`
}

function checkTable(id: string, checks: readonly CheckReport[], what: string): Html {
  return table({
    caption: `Checks of ${id} that ${what}`,
    columns: [
      { label: 'Check' },
      { label: '' },
      { label: 'What was seen' },
      { label: 'Clause' },
      { label: 'Frame', figures: true },
    ],
    groups: checks.map((check) => ({
      cells: [check.name, checkState(check), check.detail, check.clause, frameLink(id, check)],
      ...(!check.passed && { tone: check.level === 'MUST' ? ('bad' as const) : ('odd' as const) }),
    })),
  })
}

function checkState({ passed, level }: CheckReport): Html {
  if (passed) return html`<span class="state good">✓ ${level}</span>`
  return level === 'MUST'
    ? html`<span class="state bad">✗ ${level}</span>`
    : html`<span class="state odd">! ${level}</span>`
}

function frameLink(id: string, { frame }: CheckReport): Html | string {
  if (frame === null) return 'none'
  return frame < mostSteps ? html`<a href="#${id}-${frame}">${frame}</a>` : String(frame)
}
