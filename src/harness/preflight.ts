import type { Machine } from '../platform/machine.ts'
import {
  bytesPerProcess,
  bytesPerSession,
  bytesPerStation,
  tlsBytesPerSession,
  tlsBytesPerStation,
  youngBytes,
} from '../simulator/scenario/memory-estimate.ts'
import {
  filesOfOne,
  fullestProcess,
  leastCsmsProcesses,
  leastProcesses,
  type RunSize,
  socketsPerProcess,
} from './run-size.ts'

/** One thing looked at before a run. */
export interface Check {
  readonly name: string
  readonly value: string
  /** `limit`: it works, and this is what ends first. `bad`: it cannot work. */
  readonly state: 'good' | 'limit' | 'bad'
  /** What it means and which number to change; empty where nothing needs saying. */
  readonly advice: string
}

/** A run as far as it takes up the machine. */
export interface RunDemand extends RunSize {
  readonly stations: number
  /** How many of them use TLS; default none. */
  readonly encrypted?: number
  /** What the run may come to, over all stations. */
  readonly exchangesPerSecond: number
  /** Distinct addresses and ports that an external target was named by. */
  readonly targets: number
  /** Addresses that connections leave from; 0 = the system chooses. */
  readonly localAddresses: number
}

/** Of what there is, the share that a run may count on. */
const comfortable = 0.8

/** Says before a run whether files, ports, memory and cores suffice for it. */
export function preflight(machine: Machine, demand: RunDemand): Check[] {
  return [
    ...workerFiles(machine, demand),
    ...csmsFiles(machine, demand),
    ...ports(machine, demand),
    memory(machine, demand),
    cores(machine, demand),
  ]
}

function workerFiles({ openFilesLimit }: Machine, { stations, workers }: RunDemand): Check[] {
  if (openFilesLimit === null) return []
  const each = Math.ceil(stations / workers)
  const least = leastProcesses(stations, openFilesLimit)
  const fits = each <= socketsPerProcess(openFilesLimit)
  const advice = fits ? '' : `Use --workers ${least} or more, or ${raiseFiles(each)}.`
  return [fileCheck('Worker files', workers, 'worker', each, openFilesLimit, advice)]
}

function csmsFiles({ openFilesLimit }: Machine, demand: RunDemand): Check[] {
  const { stations, encrypted, processes } = demand
  if (openFilesLimit === null || processes === 0) return []
  const each = fullestProcess(stations, processes, encrypted)
  const least = leastCsmsProcesses(stations, openFilesLimit, encrypted)
  const fits = each <= openFilesLimit - filesOfOne
  const advice = fits ? '' : `Use --processes ${least} or more, or ${raiseFiles(each)}.`
  return [fileCheck('CSMS files', processes, 'process', each, openFilesLimit, advice)]
}

function fileCheck(
  name: string,
  count: number,
  noun: 'worker' | 'process',
  each: number,
  limit: number,
  advice: string,
): Check {
  const plural = noun === 'worker' ? 'workers' : 'processes'
  const holders = count === 1 ? `1 ${noun}` : `each of ${count} ${plural}`
  const allowed = limit >= Number.MAX_SAFE_INTEGER ? 'no limit' : `${show(limit)} allowed`
  const value = `about ${show(each)} sockets in ${holders}, ${allowed}`
  return { name, value, state: advice === '' ? 'good' : 'bad', advice }
}

function raiseFiles(sockets: number): string {
  const limit = Math.max(65_536, sockets + 1_000)
  return `raise the hard limit of open files: "ulimit -Hn ${limit}" as root, LimitNOFILE=${limit} in a systemd unit, --ulimit nofile=${limit} for a container`
}

function ports(machine: Machine, demand: RunDemand): Check[] {
  const { ephemeralPorts, manyLoopbacks } = machine
  if (ephemeralPorts === null) return []
  const { stations, targets, localAddresses, addresses } = demand
  // A connection that is told where to leave from takes a port there whatever its destination.
  const count = localAddresses > 0 ? localAddresses : Math.max(targets, addresses.length)
  const room = ephemeralPorts * count
  const value = `${show(stations)} connections, ${show(ephemeralPorts)} local ports to ${count === 1 ? '1 address' : `each of ${count} addresses`}`
  if (stations <= room * comfortable) return [{ name: 'Ports', value, state: 'good', advice: '' }]
  const more = Math.ceil(stations / (ephemeralPorts * 0.7))
  const widen = manyLoopbacks
    ? `"sysctl net.ipv4.ip_local_port_range='1024 65535'"`
    : '"sysctl -w net.inet.ip.portrange.first=1024"'
  const spread =
    addresses.length > 0 || localAddresses > 0
      ? ''
      : `name the target by ${more} addresses (--target, repeated), or connect from ${more} addresses of this machine (--local-address, repeated), or `
  const state = stations > room ? 'bad' : 'limit'
  const advice =
    localAddresses > 0
      ? `Name ${more} local addresses (--local-address, repeated), or widen the range: ${widen}.`
      : capitalised(`${spread}widen the range of local ports: ${widen}.`)
  return [{ name: 'Ports', value, state, advice }]
}

function memory(machine: Machine, demand: RunDemand): Check {
  const { memoryBytes, freeMemoryBytes } = machine
  const { stations, processes } = demand
  const needed = neededBytes(demand)
  const value = `up to ${mebibytes(needed)} needed, ${mebibytes(freeMemoryBytes)} free of ${mebibytes(memoryBytes)}`
  if (needed <= freeMemoryBytes * comfortable) {
    return { name: 'Memory', value, state: 'good', advice: '' }
  }
  const room = fitting(demand, freeMemoryBytes * comfortable)
  const fewer =
    room > 0
      ? `There is room for about ${show(room)} of ${show(stations)} stations (--stations).`
      : 'There is hardly room for the processes themselves.'
  const elsewhere =
    processes > 0 ? ' A CSMS on another machine (--target) takes its part away.' : ''
  const swaps = needed > freeMemoryBytes ? ' It may swap, which ruins every latency.' : ''
  const state = needed > memoryBytes ? 'bad' : 'limit'
  return { name: 'Memory', value, state, advice: fewer + elsewhere + swaps }
}

function neededBytes(demand: RunDemand): number {
  const { stations, encrypted = 0, exchangesPerSecond: rate, workers, processes } = demand
  const share = (of: number): number => bytesPerProcess + youngBytes(stations / of, rate / of)
  const embedded =
    processes === 0
      ? 0
      : processes * share(processes) +
        stations * bytesPerSession +
        encrypted * tlsBytesPerSession +
        // Of several processes there is one more that accepts.
        (processes > 1 ? bytesPerProcess : 0)
  const generator =
    workers * share(workers) + stations * bytesPerStation + encrypted * tlsBytesPerStation
  return bytesPerProcess + generator + embedded
}

/** How many of the stations fit, in hundreds, each with its share of everything. */
function fitting(demand: RunDemand, bytes: number): number {
  const { stations, encrypted = 0, exchangesPerSecond } = demand
  let [low, high] = [0, Math.ceil(stations / 100)]
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2)
    const part = (middle * 100) / stations
    const needed = neededBytes({
      ...demand,
      stations: middle * 100,
      encrypted: encrypted * part,
      exchangesPerSecond: exchangesPerSecond * part,
    })
    if (needed <= bytes) low = middle
    else high = middle
  }
  return low * 100
}

function cores({ cores: count }: Machine, { processes, workers }: RunDemand): Check {
  const busy = workers + processes
  const value = `${count} for ${workers} ${workers === 1 ? 'worker' : 'workers'}${processes > 0 ? ` and ${processes} ${processes === 1 ? 'process' : 'processes'} of the CSMS` : ''}`
  if (count > 1 || busy < 2) return { name: 'Cores', value, state: 'good', advice: '' }
  const advice =
    processes > 0
      ? 'Stations and the embedded CSMS share one core and disturb each other: put the target on another machine (--target), or read latencies with care.'
      : 'The workers share one core: --workers 1 serves as well where files allow it.'
  return { name: 'Cores', value, state: 'limit', advice }
}

function capitalised(sentence: string): string {
  return sentence.charAt(0).toUpperCase() + sentence.slice(1)
}

function show(count: number): string {
  return count.toLocaleString('en')
}

function mebibytes(bytes: number): string {
  const mebi = bytes / 2 ** 20
  return mebi >= 1024 ? `${(mebi / 1024).toFixed(1)} GiB` : `${Math.round(mebi)} MiB`
}

/** One line for each check. */
export function checkLines(checks: readonly Check[]): string {
  return checks
    .map(({ name, value, advice }) => `${name}: ${value}.${advice === '' ? '' : ` ${advice}`}`)
    .join('\n')
}
