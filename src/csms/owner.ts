/**
 * Which of several processes owns a station, from 0: the same for whoever asks, for the life of the
 * identity. FNV-1a over UTF-16 units, with a finaliser that spreads ids that only differ at the end.
 */
export function ownerOf(stationId: string, processes: number): number {
  if (processes === 1) return 0
  let hash = 0x811c9dc5
  for (let i = 0; i < stationId.length; i += 1) {
    hash = Math.imul(hash ^ stationId.charCodeAt(i), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 0x21f0aaad)
  hash = Math.imul(hash ^ (hash >>> 15), 0x735a2d97)
  return ((hash ^ (hash >>> 15)) >>> 0) % processes
}
