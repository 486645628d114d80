import { type Books, type BooksRow, compareBooks, uncheckedBooks } from '../report/books.ts'
import { eachStation } from '../simulator/scenario/station-identity.ts'
import { booksEntry, readApiBooks, readApiStatuses, readUrlBooks } from './books.ts'
import type { RunSetup } from './run-setup.ts'
import type { RunTally } from './run-tally.ts'

/** The books of one run: what stood in them before it, and whether they balance after it. */
export class RunBooks {
  readonly #setup: RunSetup
  #earlier: readonly BooksRow[] = []

  constructor(setup: RunSetup) {
    this.#setup = setup
  }

  /** What stands in the books of an external CSMS before the run is none of its business. */
  async readEarlier(): Promise<void> {
    const { books, target } = this.#setup.options
    if (books === undefined) return
    // Books that cannot be read are told at the end, when they are needed.
    this.#earlier = await readUrlBooks(books, target?.headers ?? {}).catch(() => [])
  }

  /** @param api operator's API of the embedded CSMS; undefined = the target is external */
  async compare(tally: RunTally, api: string | undefined): Promise<Books> {
    const { books, target } = this.#setup.options
    if (api === undefined && books === undefined) return uncheckedBooks
    const ids = this.#audited(tally)
    try {
      const rows =
        api === undefined
          ? await readUrlBooks(books ?? '', target?.headers ?? {})
          : await readApiBooks(api)
      return compareBooks({
        source: api === undefined ? 'url' : 'embedded',
        ledger: tally.ledger.map(booksEntry),
        rows,
        isOurs: (stationId) => ids.has(stationId),
        earlier: this.#earlier,
        ...(api !== undefined && {
          statuses: { stations: tally.statuses, csms: await readApiStatuses(api) },
        }),
      })
    } catch (error) {
      // Asked for and not done: such a run is no pass.
      const unreadable = error instanceof Error ? error.message : String(error)
      if (api === undefined) return { ...uncheckedBooks, unreadable }
      tally.fault(unreadable)
      return uncheckedBooks
    }
  }

  /** The ledgers of a worker that died died with it: nobody can hold its stations' rows against them. */
  #audited(tally: RunTally): ReadonlySet<string> {
    const { plan, workers } = this.#setup
    const ids = new Set<string>()
    for (const { id, index } of eachStation(plan.fleets)) {
      if (!tally.isDead(index % workers)) ids.add(id)
    }
    return ids
  }
}
