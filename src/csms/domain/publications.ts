import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from './domain.ts'
import { withoutCredentials } from './location.ts'
import { type Progress, progressed, type StatusInfo } from './progress.ts'
import type { StationRecord } from './station.ts'

/** Firmware that a local controller was told to publish [2.0.1 L03]. Written in place. */
export interface PublicationRecord {
  /** Undefined: nobody ordered it here. */
  readonly requestId: number | undefined
  /** Where it fetches the file, without credentials; undefined: nobody ordered it here. */
  readonly location: string | undefined
  /** MD5, which names it from then on; undefined: nobody ordered it here. */
  readonly checksum: string | undefined
  /** The last status told; Unpublished after UnpublishFirmware; undefined: none yet. */
  status: string | undefined
  /** When that was heard, RFC 3339. */
  since: string | undefined
  /** Where it can be had, while it is published. */
  urls: readonly string[]
  /** The latest statuses, oldest first. */
  progress: Progress[]
}

/** So many are remembered of a station. */
const mostPublications = 16

/** A local controller took an order. */
export function publicationOrdered(
  order: { readonly requestId: number; readonly location: string; readonly checksum: string },
  { station, domain }: StationContext,
): void {
  keep(station.record, {
    requestId: order.requestId,
    location: withoutCredentials(order.location),
    checksum: order.checksum.toLowerCase(),
    status: undefined,
    since: undefined,
    urls: [],
    progress: [],
  })
  domain.stations.save(station.record)
}

/** What a local controller told of a publication. */
export interface PublicationTold {
  readonly status: string
  readonly requestId?: number
  readonly location?: readonly string[]
  /** 2.1. */
  readonly statusInfo?: StatusInfo
}

/** Idle says that there is nothing: it changes nothing. */
export function publicationStatus(
  { status, requestId, location = [], statusInfo }: PublicationTold,
  { station, domain }: StationContext,
): void {
  if (status === 'Idle') return
  const publications = station.record.publications ?? []
  const known =
    requestId === undefined
      ? publications[publications.length - 1]
      : publications.findLast((one) => one.requestId === requestId)
  const publication = known ?? keep(station.record, unordered(requestId))
  tell(publication, status, isoTime(domain.clock.wallMs()), statusInfo)
  if (status === 'Published') publication.urls = location
  domain.stations.save(station.record)
}

/** What a controller does not have any more it does not publish [2.0.1 L04]. */
export function publicationWithdrawn(checksum: string, { station, domain }: StationContext): void {
  for (const publication of station.record.publications ?? []) {
    if (publication.checksum !== checksum.toLowerCase() || publication.urls.length === 0) continue
    tell(publication, 'Unpublished', isoTime(domain.clock.wallMs()))
    publication.urls = []
  }
  domain.stations.save(station.record)
}

function tell(
  publication: PublicationRecord,
  status: string,
  at: string,
  statusInfo?: StatusInfo,
): void {
  publication.status = status
  publication.since = at
  progressed(publication.progress, status, at, statusInfo)
}

function keep(record: StationRecord, publication: PublicationRecord): PublicationRecord {
  record.publications ??= []
  record.publications.push(publication)
  if (record.publications.length > mostPublications) record.publications.shift()
  return publication
}

function unordered(requestId: number | undefined): PublicationRecord {
  return {
    requestId,
    location: undefined,
    checksum: undefined,
    status: undefined,
    since: undefined,
    urls: [],
    progress: [],
  }
}
