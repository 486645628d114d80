/** Below so many stations a worker is not worth its memory. */
const stationsPerWorker = 500
/** Files that a worker needs for itself. */
const reservedFiles = 1000

/**
 * How many worker processes a run gets: one per core but one, fewer for a small fleet, more where
 * one process may not open enough sockets.
 */
export function workerCount(
  stations: number,
  cores: number,
  openFilesLimit: number | null,
): number {
  const worthwhile = Math.min(Math.max(1, cores - 1), Math.ceil(stations / stationsPerWorker))
  return Math.max(1, worthwhile, leastWorkers(stations, openFilesLimit))
}

/** How many workers the limit of open files demands. */
export function leastWorkers(stations: number, openFilesLimit: number | null): number {
  if (openFilesLimit === null) return 1
  return Math.ceil(stations / Math.max(1, openFilesLimit - reservedFiles))
}
