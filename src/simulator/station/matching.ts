/**
 * How many wants can be met at once, each by a place of its own: the size of a maximum matching,
 * found along augmenting paths. Meant for the handful of EVSEs of one station.
 */
export function mostMet<Want extends object, Place>(
  wants: readonly Want[],
  places: readonly Place[],
  suits: (want: Want, place: Place) => boolean,
): number {
  const takenBy = new Map<Place, Want>()
  const meet = (want: Want, tried: Set<Place>): boolean => {
    for (const place of places) {
      if (tried.has(place) || !suits(want, place)) continue
      tried.add(place)
      const rival = takenBy.get(place)
      if (rival && !meet(rival, tried)) continue
      takenBy.set(place, want)
      return true
    }
    return false
  }
  return wants.filter((want) => meet(want, new Set())).length
}
