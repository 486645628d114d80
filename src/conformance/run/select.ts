import { nearestName } from '../../shared/nearest.ts'
import { type ConformanceCase, hookedActions } from '../cases/case.ts'

/** What of a catalogue is played. */
export interface Selection {
  /** Ids, with `*` for anything; none: all. */
  readonly cases?: readonly string[]
  readonly exclude?: readonly string[]
  /** Profiles or groups, in any case; none: all. */
  readonly profiles?: readonly string[]
  /** `hands-free`, `hooked`, `stable`, `provisional`, or tags of cases. */
  readonly tags?: readonly string[]
}

export function selected(
  all: readonly ConformanceCase[],
  { cases = [], exclude = [], profiles = [], tags = [] }: Selection,
): readonly ConformanceCase[] {
  const wanted = cases.map(glob)
  const unwanted = exclude.map(glob)
  return all.filter(
    (one) =>
      (wanted.length === 0 || wanted.some((pattern) => pattern.test(one.id))) &&
      !unwanted.some((pattern) => pattern.test(one.id)) &&
      (profiles.length === 0 || profiles.some((name) => isOf(one, name))) &&
      (tags.length === 0 || tags.some((tag) => tagsOf(one).includes(tag))),
  )
}

/**
 * Why a selection is not what somebody meant: each word of it that fits no case, or that together they
 * fit none; empty: it is sound. A typing error must not turn into a green run.
 *
 * @param all cases of the version that is asked for
 * @param catalogue cases of all versions
 */
export function selectionFaults(
  all: readonly ConformanceCase[],
  selection: Selection,
  catalogue: readonly ConformanceCase[],
): readonly string[] {
  const { cases = [], exclude = [], profiles = [], tags = [] } = selection
  const faults = [
    ...[...cases, ...exclude].flatMap((pattern) => {
      if (all.some(({ id }) => glob(pattern).test(id))) return []
      const others = catalogue.filter(({ id }) => glob(pattern).test(id))
      return [`no case is called "${pattern}"${hint(pattern, all, others)}`]
    }),
    ...unknown(
      'profile or group',
      profiles,
      all.flatMap((one) => [one.profile, one.group]),
    ),
    ...unknown('tag', tags, all.flatMap(tagsOf)),
  ]
  if (faults.length > 0 || selected(all, selection).length > 0) return faults
  return ['no case is all that at once']
}

function unknown(
  what: string,
  words: readonly string[],
  known: readonly string[],
): readonly string[] {
  const names = [...new Set(known)]
  const lower = names.map((name) => name.toLowerCase())
  return words
    .filter((word) => !lower.includes(word.toLowerCase()))
    .map((word) => `no case has the ${what} "${word}"; there are ${names.join(', ')}`)
}

function hint(
  pattern: string,
  all: readonly ConformanceCase[],
  others: readonly ConformanceCase[],
): string {
  const [first] = others
  if (first) {
    const versions = others.filter(({ id }) => id === first.id).map(({ version }) => version)
    return `; ${versions.join(' and ')} ${versions.length === 1 ? 'has' : 'have'} ${first.id}`
  }
  const near = nearestCase(
    pattern,
    all.map(({ id }) => id),
  )
  return near === undefined ? '' : `; did you mean ${near}?`
}

/** What somebody probably meant: an id that begins like that, or one that looks like it. */
export function nearestCase(typed: string, ids: readonly string[]): string | undefined {
  const begun = typed.toLowerCase()
  return ids.find((id) => id.toLowerCase().startsWith(`${begun}_`)) ?? nearestName(typed, ids)
}

/** Its own, how sure the field is of it, and whether anybody has to do anything. */
export function tagsOf(one: ConformanceCase): readonly string[] {
  return [...one.tags, one.stability, hookedActions(one).length === 0 ? 'hands-free' : 'hooked']
}

function isOf({ profile, group }: ConformanceCase, name: string): boolean {
  return [profile, group].some((one) => one.toLowerCase() === name.toLowerCase())
}

/** `TC_0*`: the whole id, in any case. */
function glob(pattern: string): RegExp {
  const literal = pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')
  return new RegExp(`^${literal}$`, 'i')
}
