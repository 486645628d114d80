import { profileList } from './feature-profiles.ts'
import { measurandList } from './measurands.ts'

/** What a value must be; undefined for a good one, otherwise why not. */
export type Check = (value: string) => string | undefined

export function whole(min: number, max = 2 ** 31 - 1): Check {
  return (value) => {
    const number = /^\d{1,10}$/.test(value) ? Number(value) : Number.NaN
    return number >= min && number <= max
      ? undefined
      : `must be a whole number from ${min} to ${max}`
  }
}

export const flag: Check = (value) =>
  /^(true|false)$/i.test(value) ? undefined : 'must be true or false'

/** Of any value on the wire [1.6 7.19]. */
const longestValue = 500

export const measurands: Check = (value) =>
  measurandList(value) && value.length <= longestValue
    ? undefined
    : `must list measurands of 1.6 in at most ${longestValue} characters`

const oneRotation = /^\d{1,3}\.(NotApplicable|Unknown|RST|RTS|SRT|STR|TRS|TSR)$/

/** [1.6 9.1.7] */
export const rotations: Check = (value) =>
  items(value).every((item) => oneRotation.test(item)) && value !== ''
    ? undefined
    : 'must name a rotation such as 1.RST per connector'

export const profiles: Check = (value) =>
  profileList(value) ? undefined : 'must list Core and other feature profiles of 1.6, each once'

/** A comma separated list of some of these, at least one. */
export function someOf(...names: readonly string[]): Check {
  return (value) =>
    items(value).every((item) => names.includes(item)) && value !== ''
      ? undefined
      : `must list some of ${names.join(', ')}`
}

export function text(shortest: number, longest: number): Check {
  return (value) =>
    value.length >= shortest && value.length <= longest
      ? undefined
      : `must have ${shortest} to ${longest} characters`
}

/**
 * 16 to 20 bytes as hexadecimal digits, or a text of 16 to 40 visible characters: both readings are
 * in the field [1.6 SWP 7.2].
 */
export const authorizationKey: Check = (value) =>
  /^[\x21-\x7e]{16,40}$/.test(value) ? undefined : 'must have 16 to 40 visible characters'

/** A value that nobody sets: the station works it out. */
export const workedOut: Check = () => 'must be left out: the station works it out'

/** How long a comma separated list is. */
export function items(list: string): readonly string[] {
  return list.trim() === '' ? [] : list.split(',').map((item) => item.trim())
}
