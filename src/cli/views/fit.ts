/** A part of the view: so many lines at least, so many where there is room. */
interface Wish<Name> {
  readonly name: Name
  /** What is most important has the lowest. */
  readonly rank: number
  readonly least: number
  readonly most: number
}

/**
 * Deals the lines of a screen. In the order of their rank all parts get their least, as far as the
 * lines go; then, in the same order, more. So what a small screen drops first ranks highest.
 */
export function fit<Name>(wishes: readonly Wish<Name>[], rows: number): ReadonlyMap<Name, number> {
  const ranked = [...wishes].sort((a, b) => a.rank - b.rank)
  const lines = new Map<Name, number>()
  let left = rows
  for (const { name, least } of ranked) {
    const given = Math.min(left, least)
    lines.set(name, given)
    left -= given
  }
  for (const { name, most } of ranked) {
    const given = lines.get(name) ?? 0
    const more = Math.min(left, most - given)
    lines.set(name, given + more)
    left -= more
  }
  return lines
}
