export interface SetOf<Sample> {
  readonly sampledValue: readonly Sample[]
}

/**
 * What the first sample of a set shows that shows anything. A set is looked at by a rule, then remembered:
 * it is read once.
 */
export function firstOf<Sample>(wanted: (sample: Sample) => number | undefined) {
  let lastSet: SetOf<Sample> | undefined
  let last: number | undefined
  return (set: SetOf<Sample>): number | undefined => {
    if (set !== lastSet) {
      lastSet = set
      last = undefined
      for (const sample of set.sampledValue) {
        last = wanted(sample)
        if (last !== undefined) break
      }
    }
    return last
  }
}
