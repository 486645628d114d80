import { type Books, type BooksRow, compareBooks, uncheckedBooks } from '../report/books.ts'
import { messageOf } from '../shared/errors.ts'
import { eachStation } from '../simulator/scenario/station-identity.ts'
import { booksEntry, readApiBooks, readApiStatuses, readUrlBooks } from './books.ts'
import type { RunOptions } from './run-options.ts'
import type { RunSetup } from './run-setup.ts'
import type { RunTally } from './run-tally.ts'

type AuditedSetup = Pick<RunSetup, 'plan' | 'workers'> & {
  readonly options: Pick<RunOptions, 'books' | 'target'>
}

type AuditedTally = Pick<RunTally, 'ledger' | 'statuses' | 'isDead' | 'fault'>

/** The books of one run: what stood in them before it, and whether they balance after it. */
export class RunBooks {
  readonly #setup: AuditedSetup
  #earlier: readonly BooksRow[] = []
  /** Why nobody knows what stood in them before; undefined: somebody does. */
  #unreadBefore: string | undefined

  constructor(setup: AuditedSetup) {
    this.#setup = setup
  }

  /** What stands in the books of an external CSMS before the run is none of its business. */
  async readEarlier(): Promise<void> {
    const { books, target } = this.#setup.options
    if (books === undefined) return
    try {
      this.#earlier = await readUrlBooks(books, target?.headers ?? {})
    } catch (error) {
      // Told at the end, if it matters then.
      this.#unreadBefore = messageOf(error)
    }
  }

  /** @param api operator's API of the embedded CSMS; undefined = the target is external */
  async compare(tally: AuditedTally, api: string | undefined): Promise<Books> {
    const { books, target } = this.#setup.options
    if (api === undefined && books === undefined) return uncheckedBooks
    const ids = this.#audited(tally)
    try {
      const rows =
        api === undefined
          ? await readUrlBooks(books ?? '', target?.headers ?? {})
          : await readApiBooks(api)
      const compared = compareBooks({
        source: api === undefined ? 'url' : 'embedded',
        ledger: tally.ledger.map(booksEntry),
        rows,
        isOurs: (stationId) => ids.has(stationId),
        earlier: this.#earlier,
        ...(api !== undefined && {
          statuses: { stations: tally.statuses, csms: await readApiStatuses(api) },
        }),
      })
      return this.#sound(compared)
    } catch (error) {
      // Asked for and not done: such a run is no pass.
      const unreadable = messageOf(error)
      if (api === undefined) return { ...uncheckedBooks, unreadable }
      tally.fault(unreadable)
      return uncheckedBooks
    }
  }

  /** Rows that no station knows of may be an earlier run's, where nobody saw what that left. */
  #sound(compared: Books): Books {
    const hasStrangers = compared.mismatches.some(({ kind }) => kind === 'unknown to the station')
    if (this.#unreadBefore === undefined || !hasStrangers) return compared
    const why = `before the run ${this.#unreadBefore}`
    const unreadable = `${why}, and now nobody can tell which of their rows are an earlier run's`
    return { ...uncheckedBooks, unreadable }
  }

  /** The ledgers of a worker that died died with it: nobody can hold its stations' rows against them. */
  #audited(tally: AuditedTally): ReadonlySet<string> {
    const { plan, workers } = this.#setup
    const ids = new Set<string>()
    for (const { id, index } of eachStation(plan.fleets)) {
      if (!tally.isDead(index % workers)) ids.add(id)
    }
    return ids
  }
}
