/**
 * How transactions are numbered by one of several processes, so that no two of them ever give out
 * the same number and none has to ask: each has a residue class of its own.
 */
export interface Numbering {
  /** Which of the processes this is, from 0. */
  readonly process: number
  readonly processes: number
  /**
   * Real wall clock, ms: ordinals of several processes follow it, so that merged lists are in the
   * order of arrival. A process on its own just counts.
   */
  readonly wallMs: () => number
}

export const alone: Numbering = { process: 0, processes: 1, wallMs: () => 0 }

/** 1.6 transaction ids are 32-bit signed on small stations. */
const highestTransactionId = 2 ** 31 - 1

/** The smallest number above `last` that belongs to this process; it begins again after the highest. */
export function nextId(last: number, { process, processes }: Numbering): number {
  const next = above(last, process, processes)
  return next <= highestTransactionId ? next : above(0, process, processes)
}

/**
 * The ordinal of a transaction that arrives now.
 * @param last the highest this process gave out or saw
 */
export function nextOrdinal(last: number, { process, processes, wallMs }: Numbering): number {
  if (processes === 1) return last + 1
  return above(Math.max(last, wallMs() * 1000), process, processes)
}

/** The smallest whole number above `last` in the residue class that 1 + `process` is in. */
function above(last: number, process: number, processes: number): number {
  const distance = (((process - last) % processes) + processes) % processes
  return last + 1 + distance
}
