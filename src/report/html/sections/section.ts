import { type Html, html, nothing } from '../html.ts'

/** A part of the page under a heading of its own; its id is where the contents lead to. */
export interface Section {
  readonly id: string
  readonly title: string
  readonly body: Html
}

/** What stands under a heading; nothing at all where there is nothing to say. */
export function sectionMarkup({ id, title, body }: Section): Html {
  return html`<section id="${id}" aria-labelledby="${id}-title">
<h2 id="${id}-title">${title}</h2>
${body}
</section>
`
}

/** Links to the parts that are there. */
export function contents(sections: readonly Section[]): Html {
  if (sections.length === 0) return nothing
  return html`<nav class="contents" aria-label="Contents"><ul>${sections.map(
    ({ id, title }) => html`<li><a href="#${id}">${title}</a></li>`,
  )}</ul></nav>`
}
