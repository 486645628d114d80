import { type Html, html } from '../html.ts'

export interface Column {
  readonly label: Html | string
  /** Figures stand to the right, under each other. */
  readonly figures?: boolean
}

/** A row that stands for something, and the rows that belong to it. */
export interface RowGroup {
  readonly cells: readonly Cell[]
  readonly below?: readonly (readonly Cell[])[]
  readonly tone?: 'bad' | 'odd'
}

export type Cell = Html | string | { readonly show: Html | string; readonly sortBy: number | null }

export interface TableFacts {
  /** Said to those who do not see the heading above. */
  readonly caption: string
  readonly columns: readonly Column[]
  readonly groups: readonly RowGroup[]
  /** The page's script lets people sort it. */
  readonly sortable?: boolean
}

/** A table whose first column names its rows; wider than a telephone, it scrolls by itself. */
export function table({ caption, columns, groups, sortable = false }: TableFacts): Html {
  const head = columns.map(
    ({ label, figures }) => html`<th scope="col"${classOf(figures ? 'num' : '')}>${label}</th>`,
  )
  return html`<div class="scroll" role="region" aria-label="${caption}" tabindex="0"><table${
    sortable ? html` data-sortable` : ''
  }>
<caption class="unseen">${caption}</caption>
<thead><tr>${head}</tr></thead>
${groups.map((group) => groupMarkup(group, columns))}</table></div>`
}

function groupMarkup({ cells, below = [], tone }: RowGroup, columns: readonly Column[]): Html {
  return html`<tbody${classOf(tone ?? '')}>${rowMarkup(cells, columns)}${below.map(
    (row) => html`${rowMarkup(row, columns, 'part')}`,
  )}</tbody>
`
}

function rowMarkup(cells: readonly Cell[], columns: readonly Column[], kind = ''): Html {
  const markup = cells.map((cell, at) => {
    const plain = typeof cell === 'object' && 'show' in cell ? cell.show : cell
    if (at === 0) return html`<th scope="row">${plain}</th>`
    const sort =
      typeof cell === 'object' && 'show' in cell ? html` data-value="${cell.sortBy ?? ''}"` : ''
    return html`<td${classOf(columns[at]?.figures ? 'num' : '')}${sort}>${plain}</td>`
  })
  return html`<tr${classOf(kind)}>${markup}</tr>`
}

function classOf(name: string): Html | string {
  return name === '' ? '' : html` class="${name}"`
}
