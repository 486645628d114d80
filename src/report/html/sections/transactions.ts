import type { Mismatch } from '../../books.ts'
import { showCount, showCountOf, showEnergy } from '../../figures.ts'
import { type Html, html, nothing } from '../html.ts'
import type { StoredReport } from '../stored-report.ts'
import { term } from './definitions.ts'
import { facts } from './facts.ts'
import type { Section } from './section.ts'
import { table } from './table.ts'

/** Transactions, and whether the books of both sides agree on them. */
export function transactions(report: StoredReport): Section | undefined {
  const { books, transactions: found } = report
  if (found.started === 0 && !books.checked && books.unreadable === undefined) return undefined
  const body = html`${facts([
    ['Started', showCount(found.started)],
    ['Stopped', showCount(found.stopped)],
    ['Energy', showEnergy(found.energyWh)],
    ...(found.undelivered > 0
      ? [
          [
            'Undelivered',
            `${showCountOf(found.undelivered, 'message')} that begin or end one`,
          ] as const,
        ]
      : []),
    [term('books', 'Books'), balance(report)],
  ])}
${mismatches(report)}`
  return { id: 'transactions', title: 'Transactions', body }
}

const sources = { embedded: 'the embedded CSMS', url: 'the --books URL' } as const

function balance({ books, transactions: { lost, mismatched } }: StoredReport): Html {
  if (books.unreadable !== undefined) {
    return html`<span class="state bad">✗ unreadable</span> ${books.unreadable}`
  }
  if (!books.checked)
    return html`<span class="state odd">– unchecked</span> nobody compared what the CSMS stored`
  const from = books.source === null ? '' : `, read from ${sources[books.source]}`
  const compared = `${showCountOf(books.compared, 'transaction')} compared${from}`
  if ((lost ?? 0) + (mismatched ?? 0) === 0) {
    return html`<span class="state good">✓ balance</span> ${compared}`
  }
  return html`<span class="state bad">✗ differ</span> ${showCount(lost ?? 0)} lost, ${showCount(mismatched ?? 0)} wrong; ${compared}`
}

function mismatches({ books, transactions: { lost, mismatched } }: StoredReport): Html {
  if (books.mismatches.length === 0) return nothing
  const more = (lost ?? 0) + (mismatched ?? 0) - books.mismatches.length
  return html`${table({
    caption: 'Differences between the books',
    columns: [
      { label: 'Station' },
      { label: 'Transaction or connector' },
      { label: 'Difference' },
      { label: 'At the station' },
      { label: 'In the CSMS' },
    ],
    groups: books.mismatches.map((mismatch) => ({ cells: cellsOf(mismatch) })),
  })}${more > 0 ? html`<p>and ${showCountOf(more, 'more difference')}</p>` : nothing}`
}

function cellsOf({ kind, stationId, subject, station, csms }: Mismatch): string[] {
  return [stationId, subject, kind, String(station ?? 'nothing'), String(csms ?? 'nothing')]
}
