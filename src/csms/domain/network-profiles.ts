import type { StationRecord } from './station.ts'

/** A connection profile that a station keeps in one of its slots; without its secrets. */
export interface NetworkProfileRecord {
  readonly slot: number
  readonly ocppCsmsUrl: string
  readonly ocppInterface: string
  readonly securityProfile: number
  /** Seconds. */
  readonly messageTimeout: number
  /** 2.1 only. */
  readonly identity?: string
  readonly vpn: boolean
  readonly apn: boolean
  readonly setAt: string
}

/** So many slots are remembered of a station. */
const mostSlots = 32

/** The station keeps a profile: what was in its slot before is gone [2.0.1 B09]. */
export function noteNetworkProfile(record: StationRecord, profile: NetworkProfileRecord): void {
  const others = (record.networkProfiles ?? []).filter(({ slot }) => slot !== profile.slot)
  record.networkProfiles = [...others, profile]
    .slice(-mostSlots)
    .sort((one, other) => one.slot - other.slot)
}
