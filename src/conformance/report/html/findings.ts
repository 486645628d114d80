import { type Html, html, nothing } from '../../../report/html/html.ts'
import { knownWords } from '../build-report.ts'
import type { CaseReport, ConformanceReport } from '../result.ts'
import { whyNot, wrongChecks } from '../words.ts'
import { stateMarkup } from './state.ts'

/** What is red, then what is a warning: each with why, and a link to the frames that show it. */
export function findings({ cases }: ConformanceReport): Html {
  const of = (outcome: CaseReport['outcome']) => cases.filter((one) => one.outcome === outcome)
  const shown = [...of('red'), ...of('warning')]
  if (shown.length === 0) return nothing
  return html`<section id="findings" aria-labelledby="findings-title"><h2 id="findings-title">Findings</h2>
<ul class="findings">${shown.map(findingMarkup)}</ul></section>`
}

function findingMarkup(one: CaseReport): Html {
  const { id, title, known } = one
  const clauses = [...new Set(wrongChecks(one).map(({ clause }) => clause))]
  const why = known && known.standing !== 'fails' ? knownWords(known) : whyNot(one)
  return html`<li>${stateMarkup(one)} <a href="#${id}"><code>${id}</code></a> ${title}
<p>${why}${clauses.length === 0 ? nothing : html` <small>${clauses.join('; ')}</small>`}</p></li>
`
}
