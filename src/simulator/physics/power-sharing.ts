/** What somebody who shares a limit could use, all in one unit. */
export interface Claim {
  readonly most: number
  /** With less it takes nothing at all. */
  readonly least: number
}

/** What rounding may take from a share. */
const dust = 1e-9

/**
 * Divides a limit: in equal shares, except that nobody gets more than he can use and what he leaves
 * goes to the others. Where that would be too little for some, the last of them gets nothing.
 *
 * @param claims in the order of their right to be served
 */
export function shares(total: number, claims: readonly Claim[]): readonly number[] {
  const served = claims.map((_, at) => at)
  for (;;) {
    const given = leveled(
      Math.max(0, total),
      served.map((at) => claims[at]?.most ?? 0),
    )
    const unserved = lastIndex(served, (at, i) => (given[i] ?? 0) < (claims[at]?.least ?? 0) - dust)
    if (unserved === undefined) return claims.map((_, at) => given[served.indexOf(at)] ?? 0)
    served.splice(unserved, 1)
  }
}

/** Equal shares of a total under caps of one's own. */
function leveled(total: number, caps: readonly number[]): number[] {
  const given = caps.map(() => 0)
  const rising = caps.map((cap, at) => ({ cap, at })).sort((one, other) => one.cap - other.cap)
  let left = total
  rising.forEach(({ cap, at }, turn) => {
    const share = Math.min(cap, left / (rising.length - turn))
    given[at] = share
    left -= share
  })
  return given
}

function lastIndex(
  served: readonly number[],
  holds: (at: number, i: number) => boolean,
): number | undefined {
  for (let i = served.length - 1; i >= 0; i -= 1) {
    const at = served[i]
    if (at !== undefined && holds(at, i)) return i
  }
  return undefined
}
