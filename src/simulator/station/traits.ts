import { Random } from '../../shared/random.ts'
import type { ToldReply } from '../steps/actor.ts'

/** What stations of a fleet do with CALLs of the CSMS in place of what a good one does. */
export interface TraitsPlan {
  /** The part of the stations that has them, 0 to 1. */
  readonly share: number
  /** By action; what is not named is served as ever. */
  readonly replies: Readonly<Record<string, ToldReply>>
}

/** What is no answer to any action of any version. */
export const garbage = { garbage: true } as const

/** Whether a station has the traits of its fleet: a matter of seed and identity alone. */
export function hasTraits({ share }: TraitsPlan, seed: number, id: string): boolean {
  return share >= 1 || Random.stream(seed, 'traits', id).next() < share
}
