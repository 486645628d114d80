import { setTimeout as wait } from 'node:timers/promises'

/** How late a timer of 1 ms fires on this machine now: the median of a few, in ms. */
export async function timerGranularityMs(): Promise<number> {
  const late: number[] = []
  for (let i = 0; i < 11; i += 1) {
    const begin = performance.now()
    await wait(1)
    late.push(performance.now() - begin)
  }
  const median = late.sort((a, b) => a - b)[5] ?? 0
  return Math.round(median * 100) / 100
}
