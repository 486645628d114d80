import { type ConformanceCase, hookedActions, type Move } from '../cases/case.ts'
import { selected } from '../run/select.ts'
import type { Mutant } from './mutant.ts'

/** Cases that could notice this fault, those first that say most about its action. */
export function suspects(
  { fault, version }: Mutant,
  catalogue: readonly ConformanceCase[],
): readonly ConformanceCase[] {
  const all = catalogue.filter((one) => one.version === version)
  const own = all.filter((one) => !one.tags.includes('slow'))
  if (fault.in === 'setup') return selected(own, { cases: fault.near })
  if (fault.in === 'upgrade') return own
  const { action, side } = fault
  if (action !== undefined) {
    const naming = own.filter((one) => names(one, action))
    // What a move does by itself is not told: such cases are played last.
    return [
      ...shortFirst(naming),
      ...shortFirst(own.filter((one) => !naming.includes(one) && acts(one))),
      ...all.filter((one) => !own.includes(one) && names(one, action)),
    ]
  }
  if (side === 'error') return own.filter(({ moves }) => moves.some(isOdd))
  return side === 'call' || side === 'heardResult'
    ? own.filter((one) => hookedActions(one).length > 0)
    : own
}

/** What says little else is played first. */
function shortFirst(cases: readonly ConformanceCase[]): readonly ConformanceCase[] {
  return cases.toSorted((a, b) => a.moves.length - b.moves.length)
}

function acts({ moves }: ConformanceCase): boolean {
  return moves.some(({ kind }) => kind === 'do')
}

function names(one: ConformanceCase, action: string): boolean {
  return (
    hookedActions(one).includes(action) ||
    one.moves.some((move) => {
      if (move.kind === 'call' || move.kind === 'asked') return move.action === action
      return move.kind === 'raw' && move.text.includes(`"${action}"`)
    })
  )
}

/** A move that a CALLERROR may answer. */
function isOdd(move: Move): boolean {
  return (
    move.kind === 'raw' ||
    move.kind === 'do' ||
    (move.kind === 'call' && move.callError !== undefined)
  )
}
