import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from './domain.ts'
import { withoutCredentials } from './location.ts'
import { type Progress, progressed, type StatusInfo } from './progress.ts'

/** The latest firmware update of a station: what it was told to do and how far it got. */
export interface FirmwareRecord {
  /** Undefined for an update that nobody ordered here, or without an id of its own (1.6 Core). */
  requestId: number | undefined
  /** Without credentials; undefined: nobody ordered it here. */
  location: string | undefined
  /** RFC 3339. */
  orderedAt: string | undefined
  retrieveAt: string | undefined
  installAt: string | undefined
  signed: boolean
  /** The last status told, as the wire spells it; undefined: none yet. */
  status: string | undefined
  /** When that was heard, RFC 3339. */
  since: string | undefined
  /** The latest statuses, oldest first. */
  progress: Progress[]
}

export interface FirmwareOrdered {
  readonly requestId?: number | undefined
  readonly location: string
  readonly retrieveAt: string
  readonly installAt?: string | undefined
  readonly signed: boolean
}

/** A station took an order; what an earlier one came to is history. */
export function firmwareOrdered(order: FirmwareOrdered, { station, domain }: StationContext): void {
  station.record.firmware = {
    requestId: order.requestId,
    location: withoutCredentials(order.location),
    orderedAt: isoTime(domain.clock.wallMs()),
    retrieveAt: order.retrieveAt,
    installAt: order.installAt,
    signed: order.signed,
    status: undefined,
    since: undefined,
    progress: [],
  }
  domain.stations.save(station.record)
}

/** What a station told of an update. */
export interface FirmwareTold {
  readonly status: string
  readonly requestId?: number
  /** 2.1. */
  readonly statusInfo?: StatusInfo
}

/** A status of firmware. Idle says that there is nothing: it changes nothing [1.6 4.5]. */
export function firmwareStatus(
  { status, requestId, statusInfo }: FirmwareTold,
  signed: boolean,
  { station, domain }: StationContext,
): void {
  if (status === 'Idle') return
  const known = station.record.firmware
  // One that names another request is about an update that was not ordered here.
  const same = known && (requestId === undefined || known.requestId === requestId)
  const record = same ? known : unordered(requestId, signed)
  station.record.firmware = record
  record.status = status
  record.since = isoTime(domain.clock.wallMs())
  progressed(record.progress, status, record.since, statusInfo)
  domain.stations.save(station.record)
}

function unordered(requestId: number | undefined, signed: boolean): FirmwareRecord {
  return {
    requestId,
    location: undefined,
    orderedAt: undefined,
    retrieveAt: undefined,
    installAt: undefined,
    signed,
    status: undefined,
    since: undefined,
    progress: [],
  }
}
