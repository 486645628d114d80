import type { Memory } from '../memory/memory.ts'

/** Registers are told rounded, each message in its own unit. Wh. */
const roundingWh = 1

/** Why a reading cannot be: it is newer than the one before, and lower. */
export function falls(memory: Memory, id: number, wh: number, atMs: number): string | undefined {
  const place = memory.places.get(id)
  // Nothing is less or earlier than what is not known: NaN.
  if (!place || atMs < place.whAtMs || !(wh < place.wh - roundingWh)) return undefined
  return `the register of ${id} shows ${wh} Wh after ${place.wh} Wh`
}

/** Keeps a reading, unless a newer one is known. */
export function keepReading(memory: Memory, id: number, wh: number, atMs: number): void {
  const place = memory.places.at(id)
  if (atMs < place.whAtMs) return
  place.wh = wh
  place.whAtMs = atMs
}
