import { showMs } from '../../../report/figures.ts'
import { type Html, html, nothing } from '../../../report/html/html.ts'
import { prettyFrame } from '../../../report/html/pretty-frame.ts'
import { type Step, stepsOf } from '../frames.ts'
import type { CaseReport, CheckReport } from '../result.ts'

/** Entries of a trace that are drawn: a CSMS that floods makes no page that no browser opens. */
export const mostSteps = 200
const longestPreview = 160

/** What went over the wires, from above to below, between the station and the CSMS. */
export function sequence(one: CaseReport): Html {
  const { id, trace, checks } = one
  if (trace.length === 0) return nothing
  const wrong = checks.filter(({ passed }) => !passed)
  const steps = stepsOf(trace).slice(0, mostSteps)
  const rows = steps.map((step) => {
    const found = wrong.filter(({ frame }) => frame === step.index)
    return html`<li id="${id}-${step.index}">${stepMarkup(step, found)}${found.map(finding)}</li>
`
  })
  const missing = wrong.filter(({ frame }) => frame === null || frame >= steps.length)
  const left = trace.length - steps.length
  return html`<div class="sequence" role="group" aria-label="Sequence of ${id}">
<p class="ends"><b>Station</b><b>CSMS</b></p>
<ol>${rows}</ol>
${left > 0 ? html`<p class="finding">… and ${left} more, in the JSON report and the trace</p>` : nothing}${missing.map(finding)}
</div>`
}

function finding({ name, level, detail, clause }: CheckReport): Html {
  const tone = level === 'MUST' ? 'bad' : 'odd'
  const sign = level === 'MUST' ? '✗' : '!'
  return html`<p class="finding ${tone}">${sign} ${name}: ${detail} <small>${clause}</small></p>`
}

function stepMarkup(step: Step, found: readonly CheckReport[]): Html {
  const { atMs, from, kind, text } = step
  const time = html`<time>${atMs < 10_000 ? `${atMs} ms` : showMs(atMs)}</time>`
  const wrong = found.length > 0 ? ' wrong' : ''
  if (kind === 'open' || kind === 'refused' || kind === 'close' || kind === 'ping') {
    return html`<div class="step note${wrong}">${time}<span class="lane"><span>${text}</span></span></div>`
  }
  const label = html`<span class="what"><b>${nameOf(step)}</b> <span>${previewOf(step)}</span></span>`
  return html`<details class="step ${from} ${kind}${wrong}"><summary>${time}<span class="lane">${label}<span class="arrow"></span></span></summary><pre tabindex="0"><code>${prettyFrame(text)}</code></pre></details>`
}

/** What a frame is, in words: those who do not see the arrow read it, too. */
function nameOf({ kind, action = 'unknown', code }: Step): string {
  switch (kind) {
    case 'call':
      return action
    case 'send':
      return `SEND ${action}`
    case 'result':
      return `${action} answered`
    case 'callError':
      return `${action} refused: ${code ?? ''}`
    case 'callResultError':
      return `answer to ${action} refused: ${code ?? ''}`
    default:
      return 'not a frame'
  }
}

function previewOf({ kind, payload, text }: Step): string {
  const shown = kind === 'unreadable' ? text : JSON.stringify(payload ?? {})
  return shown.length > longestPreview ? `${shown.slice(0, longestPreview)}…` : shown
}
