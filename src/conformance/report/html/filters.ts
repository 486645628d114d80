import { type Html, html } from '../../../report/html/html.ts'
import type { ConformanceReport, Outcome } from '../result.ts'

const names: Readonly<Record<Outcome, string>> = {
  red: 'Red',
  warning: 'Warnings',
  known: 'Known failures',
  skipped: 'Skipped',
  green: 'Passed',
}

/** Buttons that leave only cases of a kind; of no use without script, and then not there. */
export function filters({ cases }: ConformanceReport): Html {
  const outcomes = Object.keys(names) as readonly Outcome[]
  const buttons = outcomes.flatMap((outcome) => {
    const count = cases.filter((one) => one.outcome === outcome).length
    return count === 0
      ? []
      : [
          html`<button type="button" data-show="${outcome}" aria-pressed="false">${names[outcome]} ${count}</button> `,
        ]
  })
  return html`<div class="filters needs-script" role="group" aria-label="Which cases">
<button type="button" data-show="all" aria-pressed="true">All ${cases.length}</button> ${buttons}</div>`
}
