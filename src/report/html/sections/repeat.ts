import { type Html, html, nothing } from '../html.ts'
import { repeatCommand, repeatLacks } from '../repeat-command.ts'
import type { StoredReport } from '../stored-report.ts'

/** The command that runs the same again. */
export function repeat(report: StoredReport): Html {
  const parts = repeatCommand(report).map((part) => html`<span>${part}</span> `)
  const lacks = repeatLacks(report)
  return html`<div class="repeat"><span class="label" id="repeat">Run it again</span>
<code aria-labelledby="repeat">${parts}</code>
<button type="button" data-copy hidden>Copy</button>${
    lacks === '' ? nothing : html`\n<span class="lacks">${lacks}</span>`
  }</div>`
}
