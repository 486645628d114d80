/** Lets people sort a table by its columns; rows that belong together stay together. */
export function prepareSorting(): void {
  for (const table of document.querySelectorAll<HTMLTableElement>('table[data-sortable]')) {
    const heads = [...table.querySelectorAll<HTMLTableCellElement>('thead th')]
    heads.forEach((head, column) => {
      const button = document.createElement('button')
      button.type = 'button'
      // A link to a definition within a button would be neither.
      button.textContent = head.textContent
      head.replaceChildren(button)
      button.addEventListener('click', () => sort(table, heads, column))
    })
  }
}

function sort(table: HTMLTableElement, heads: readonly HTMLElement[], column: number): void {
  const head = heads[column]
  const first = column === 0 ? 'ascending' : 'descending'
  const other = column === 0 ? 'descending' : 'ascending'
  const order = head?.getAttribute('aria-sort') === first ? other : first
  for (const one of heads) one.removeAttribute('aria-sort')
  head?.setAttribute('aria-sort', order)
  const sign = order === 'ascending' ? 1 : -1
  const groups = [...table.tBodies].sort(
    (a, b) => sign * compare(cellOf(a, column), cellOf(b, column)),
  )
  table.append(...groups)
}

function cellOf(group: HTMLTableSectionElement, column: number): HTMLTableCellElement | undefined {
  return group.rows[0]?.cells[column]
}

function compare(a: HTMLTableCellElement | undefined, b: HTMLTableCellElement | undefined): number {
  const x = a?.dataset['value']
  const y = b?.dataset['value']
  if (x === undefined || y === undefined) {
    return (a?.textContent ?? '').localeCompare(b?.textContent ?? '')
  }
  return numberOf(x) - numberOf(y)
}

/** Where nothing was measured, below everything that was. */
function numberOf(value: string): number {
  return value === '' ? -1 : Number(value)
}
