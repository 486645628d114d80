import type { Mismatch } from './books.ts'

/** One difference between the books, for people. */
export function mismatchLine({ kind, stationId, subject, station, csms }: Mismatch): string {
  const sides = `station: ${station ?? 'nothing'}, CSMS: ${csms ?? 'nothing'}`
  return `${stationId} ${subject}: ${kind} (${sides})`
}
