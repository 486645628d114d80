import { type ConformanceCase, hookedActions } from '../cases/case.ts'

/** What of a catalogue is played. */
export interface Selection {
  /** Ids, with `*` for anything; none: all. */
  readonly cases?: readonly string[]
  readonly exclude?: readonly string[]
  /** Profiles or groups, in any case; none: all. */
  readonly profiles?: readonly string[]
  /** `hands-free`, `hooked`, or tags of cases. */
  readonly tags?: readonly string[]
}

export function selected(
  all: readonly ConformanceCase[],
  { cases = [], exclude = [], profiles = [], tags = [] }: Selection,
): readonly ConformanceCase[] {
  const wanted = cases.map(glob)
  const unwanted = exclude.map(glob)
  const named = profiles.map((name) => name.toLowerCase())
  return all.filter((one) => {
    const own = [...one.tags, hookedActions(one).length === 0 ? 'hands-free' : 'hooked']
    return (
      (wanted.length === 0 || wanted.some((pattern) => pattern.test(one.id))) &&
      !unwanted.some((pattern) => pattern.test(one.id)) &&
      (named.length === 0 ||
        [one.profile, one.group].some((name) => named.includes(name.toLowerCase()))) &&
      (tags.length === 0 || tags.some((tag) => own.includes(tag)))
    )
  })
}

/** `TC_0*`: the whole id, in any case. */
function glob(pattern: string): RegExp {
  const literal = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${literal}$`, 'i')
}
