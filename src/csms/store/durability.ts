/**
 * What an acknowledged change survives. `none`: what the last snapshot holds. `batch`: the death of
 * the process; of a power cut at most the last second. `strict`: a power cut, too.
 */
export const durabilities = ['none', 'batch', 'strict'] as const

export type Durability = (typeof durabilities)[number]
