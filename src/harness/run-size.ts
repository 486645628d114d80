import type { Machine } from '../platform/machine.ts'

/** How a run is spread over the machine. */
export interface RunSize {
  /** Processes that play the stations. */
  readonly workers: number
  /** Processes of the embedded CSMS that hold its connections; 0 = the target is external. */
  readonly processes: number
  /** Loopback addresses of the embedded CSMS; empty = the target is external. */
  readonly addresses: readonly string[]
}

/** What was asked for; undefined = what fits. */
export interface AskedSize {
  readonly stations: number
  /** How many of them use TLS; default none. */
  readonly encrypted?: number
  readonly workers: number | undefined
  readonly processes: number | undefined
  readonly isExternal: boolean
}

type Limits = Pick<Machine, 'cores' | 'openFilesLimit' | 'ephemeralPorts' | 'manyLoopbacks'>

/** Below so many stations a worker is not worth its memory. */
const stationsPerWorker = 500
/** Beyond, a connection waits longer and longer for the kernel to find a free port. */
const mostPerAddress = 20_000
/** Of an address's ports, the share that may be taken before the next address is used. */
const shareOfPorts = 0.7
/** Files that a process needs for itself, at the very least. */
export const filesOfOne = 64

/** How many processes and addresses a run takes on this machine, where nobody says it. */
export function sizeRun(asked: AskedSize, machine: Limits): RunSize {
  const { stations, encrypted = 0, isExternal } = asked
  const { cores, openFilesLimit } = machine
  const workers = asked.workers ?? workerCount(stations, cores, openFilesLimit)
  return {
    workers: Math.min(workers, stations),
    processes: isExternal
      ? 0
      : (asked.processes ?? leastCsmsProcesses(stations, openFilesLimit, encrypted)),
    addresses: isExternal ? [] : loopbacks(stations, machine),
  }
}

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
  return Math.max(1, worthwhile, leastProcesses(stations, openFilesLimit))
}

/** How many processes the limit of open files demands, on either side. */
export function leastProcesses(stations: number, openFilesLimit: number | null): number {
  if (openFilesLimit === null) return 1
  return Math.max(1, Math.ceil(stations / socketsPerProcess(openFilesLimit)))
}

/**
 * How many sockets the fullest of so many processes of the CSMS may hold: stations are dealt by a
 * hash, not in turn. Four standard deviations above the mean. A station whose TLS ends at another
 * process than its own has two sockets more, one at each (ADR 6).
 */
export function fullestProcess(stations: number, processes: number, encrypted = 0): number {
  if (processes === 1) return stations
  const relayed = (encrypted * (processes - 1)) / processes
  const mean = (stations + 2 * relayed) / processes
  return Math.ceil(mean + 4 * Math.sqrt(mean))
}

/** How many processes of the CSMS the limit of open files demands. */
export function leastCsmsProcesses(
  stations: number,
  openFilesLimit: number | null,
  encrypted = 0,
): number {
  let processes = leastProcesses(stations, openFilesLimit)
  const room = openFilesLimit === null ? Infinity : openFilesLimit - filesOfOne
  while (fullestProcess(stations, processes, encrypted) > room && processes < stations)
    processes += 1
  return processes
}

/** How many sockets a process may have beside the files that it needs for itself. */
export function socketsPerProcess(openFilesLimit: number): number {
  const own = Math.min(1_000, Math.max(filesOfOne, Math.ceil(openFilesLimit / 10)))
  return Math.max(1, openFilesLimit - own)
}

/** One address per so many connections as leave it ports to spare. */
function loopbacks(stations: number, { ephemeralPorts, manyLoopbacks }: Limits): string[] {
  const perAddress = Math.min(mostPerAddress, Math.floor((ephemeralPorts ?? 28_000) * shareOfPorts))
  const count = manyLoopbacks ? Math.max(1, Math.ceil(stations / Math.max(1, perAddress))) : 1
  return Array.from({ length: count }, (_, i) => `127.0.${i >> 7}.${(i % 128) + 1}`)
}
