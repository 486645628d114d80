import type { Verdict } from '../../result.ts'
import { proofText } from '../../summary.ts'
import { type Html, html, nothing } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'

/** Word and sign: colour alone tells nobody. */
export const verdictSigns: Readonly<Record<Verdict, string>> = {
  pass: '✓',
  fail: '✗',
  invalid: '!',
  aborted: '!',
}

/** Verdict and why, to be read from across the room. */
export function hero(report: StoredReport): Html {
  const { verdict, scenario, startedAt, exitCode } = report
  return html`<header class="hero ${verdict}">
<div class="wide">
<p class="eyebrow"><span>csms report</span> <time datetime="${startedAt}">${showInstant(startedAt)}</time></p>
<h1><span class="verdict"><span aria-hidden="true">${verdictSigns[verdict]}</span>${verdict.toUpperCase()}</span> <span class="scenario">${scenario.name}</span></h1>
<p class="why">${sentence(report)}</p>
${moreReasons(report)}
<p class="against">${againstText(report)}, exit code ${exitCode}</p>
</div>
</header>`
}

/** Why the verdict is what it is, in one sentence. */
function sentence(report: StoredReport): string {
  const [first] = report.reasons
  if (report.verdict === 'pass') return capitalised(proofText(report))
  return first === undefined ? 'No reason was given' : capitalised(first)
}

const openly = 4

function moreReasons({ verdict, reasons }: StoredReport): Html {
  const others = verdict === 'pass' ? reasons : reasons.slice(1)
  if (others.length === 0) return nothing
  const list = html`<ul class="reasons">${others.map((reason) => html`<li>${capitalised(reason)}</li>`)}</ul>`
  if (others.length <= openly) return list
  return html`<details><summary>The other ${others.length} reasons</summary>${list}</details>`
}

function againstText({ target, scenario }: StoredReport): string {
  const pace = scenario.speed === 1 ? '' : ` at speed ${scenario.speed}`
  return `${scenario.file} against ${target.embedded ? 'the embedded CSMS' : target.url}${pace}`
}

function capitalised(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1)
}

/** `2026-11-21 07:08:28 UTC`; whatever else stands there, as it stands. */
function showInstant(instant: string): string {
  const shape = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.\d+)?Z$/.exec(instant)
  return shape ? `${shape[1]} ${shape[2]} UTC` : instant
}

/** What does not change the verdict but must be known. */
export function warnings({ warnings: all }: StoredReport): Html {
  if (all.length === 0) return nothing
  return html`<aside class="notes" aria-label="Warnings"><ul>${all.map(
    (warning) => html`<li><span aria-hidden="true">!</span> ${capitalised(warning)}</li>`,
  )}</ul></aside>`
}
