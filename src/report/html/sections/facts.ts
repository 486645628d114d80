import { type Html, html } from '../html.ts'

export type Fact = readonly [name: Html | string, value: Html | string]

/** Names and what is so, in two columns. */
export function facts(all: readonly Fact[]): Html {
  return html`<dl class="facts">${all.map(
    ([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`,
  )}</dl>`
}
