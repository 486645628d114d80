import type { Memory } from '../memory/memory.ts'

/** Registers are told rounded, each message in its own unit. Wh. */
const roundingWh = 1

/** Why a reading cannot be: it is newer than the one before, and lower. */
export function falls(memory: Memory, place: number, wh: number, atMs: number): string | undefined {
  const last = memory.readings.get(place)
  if (!last || atMs < last.atMs || wh >= last.wh - roundingWh) return undefined
  return `the register of ${place} shows ${wh} Wh after ${last.wh} Wh`
}

/** Keeps a reading, unless a newer one is known. */
export function keepReading(memory: Memory, place: number, wh: number, atMs: number): void {
  const last = memory.readings.get(place)
  if (!last || atMs >= last.atMs) memory.readings.set(place, { wh, atMs })
}
