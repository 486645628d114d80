import type { ConformanceCase } from './case.ts'

type Claiming = Pick<ConformanceCase, 'profile' | 'feature'>

/** Not for a CSMS to claim or not: what all of them have, and what no certificate is given for. */
const everybodys: ReadonlySet<string> = new Set(['Core', 'Optional', 'RPC'])

/**
 * What a CSMS has to claim where a case applies: of each of these one name at least. Its certification
 * profile, and its feature, in which `or` is stronger than `and`.
 */
export function claimsOf({ profile, feature }: Claiming): readonly (readonly string[])[] {
  const wanted = feature?.split(' and ').map((some) => some.split(' or ')) ?? []
  return everybodys.has(profile) ? wanted : [[profile], ...wanted]
}

/** What of it nobody claims, in words: `C-17 or DM-0`; undefined: the case applies. */
export function unclaimed(one: Claiming, claimed: ReadonlySet<string>): string | undefined {
  const missing = claimsOf(one).find((names) => !names.some((name) => claimed.has(name)))
  return missing?.join(' or ')
}
