import { type Html, html } from '../../../report/html/html.ts'
import type { CaseReport, Outcome } from '../result.ts'
import { signs } from '../words.ts'

const tones: Readonly<Record<Outcome, string>> = {
  green: 'good',
  warning: 'odd',
  red: 'bad',
  known: 'odd',
  skipped: 'quiet',
}

/** Sign and word of a case: colour alone tells nobody. */
export function stateMarkup({ outcome, verdict }: Pick<CaseReport, 'outcome' | 'verdict'>): Html {
  const word = outcome === 'known' ? `${verdict}, known` : verdict
  return html`<span class="state ${tones[outcome]}"><span aria-hidden="true">${signs[outcome]}</span> ${word}</span>`
}
