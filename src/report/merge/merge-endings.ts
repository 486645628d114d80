import { type Books, listedMismatches, uncheckedBooks } from '../books.ts'
import type { RunEnd } from '../run-facts.ts'

/** Books that not everybody checked are unchecked: nothing is claimed of the whole then. */
export function mergeBooks(all: readonly Books[]): Books {
  const unreadable = all.find((books) => books.unreadable !== undefined)
  if (unreadable) return unreadable
  if (!all.every(({ checked }) => checked)) return uncheckedBooks
  const sum = (of: (books: Books) => number) => all.reduce((total, books) => total + of(books), 0)
  return {
    checked: true,
    source: all[0]?.source ?? null,
    compared: sum(({ compared }) => compared),
    lost: sum(({ lost }) => lost),
    mismatched: sum(({ mismatched }) => mismatched),
    mismatches: all.flatMap(({ mismatches }) => mismatches).slice(0, listedMismatches),
  }
}

const gravest = ['interrupted', 'aborted', 'unreachable'] as const

/** What cut one runner short cut the run short. */
export function mergeEnds(all: readonly RunEnd[]): RunEnd {
  for (const kind of gravest) {
    const end = all.find((one) => one.kind === kind)
    if (end) return end
  }
  return { kind: 'complete' }
}
