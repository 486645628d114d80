import type { StationRecord } from './station.ts'

/** A battery as a swap station tells of it [2.1 BatteryDataType]. */
export interface SwappedBattery {
  readonly evseId: number
  readonly serialNumber: string
  /** Percent, both. */
  readonly soC: number
  readonly soH: number
}

/** One driver's swap of batteries [2.1 S01-S03]. Written in place. */
export interface BatterySwapRecord {
  readonly requestId: number
  readonly idToken: string
  /** The station accepted a RequestBatterySwap; absent: it began by itself. */
  readonly requestedAt?: string
  /** Put into slots, and when; absent: not yet. */
  batteriesIn?: readonly SwappedBattery[]
  inAt?: string
  /** Taken out of slots. */
  batteriesOut?: readonly SwappedBattery[]
  outAt?: string
  /** Offered, and nobody took them [2.1 S03.FR.06]. */
  notTaken?: readonly SwappedBattery[]
}

/** How many are kept of a station. */
const mostSwaps = 100

/** The station takes a swap that we asked for. */
export function requestSwap(
  record: StationRecord,
  swap: Pick<BatterySwapRecord, 'requestId' | 'idToken'>,
  at: string,
): void {
  add(record, { ...swap, requestedAt: at })
}

/** A station tells of one half of a swap, in whichever order. */
export function noteSwap(
  record: StationRecord,
  told: Pick<BatterySwapRecord, 'requestId' | 'idToken'> & {
    readonly event: 'BatteryIn' | 'BatteryOut' | 'BatteryOutTimeout'
    readonly batteries: readonly SwappedBattery[]
  },
  at: string,
): void {
  const { requestId, idToken, event, batteries } = told
  const half = event === 'BatteryIn' ? 'batteriesIn' : 'batteriesOut'
  const isOpen = (swap: BatterySwapRecord) =>
    swap.requestId === requestId && swap.idToken === idToken && swap[half] === undefined
  // The latest of its id: stations count their own swaps anew.
  const swaps = record.batterySwaps ?? []
  const known = [...swaps].reverse().find((swap) => swap.requestId === requestId)
  const swap = known && isOpen(known) ? known : add(record, { requestId, idToken })
  if (event === 'BatteryOutTimeout') {
    swap.notTaken = batteries
  } else if (event === 'BatteryIn') {
    swap.batteriesIn = batteries
    swap.inAt = at
  } else {
    swap.batteriesOut = batteries
    swap.outAt = at
  }
}

function add(record: StationRecord, swap: BatterySwapRecord): BatterySwapRecord {
  const swaps = (record.batterySwaps ??= [])
  swaps.push(swap)
  if (swaps.length > mostSwaps) swaps.shift()
  return swap
}
