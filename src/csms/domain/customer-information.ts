import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from './domain.ts'

/** What a station was asked of a customer, and what it told [2.0.1 N09, N10]. */
export interface CustomerInformationRecord {
  readonly requestId: number
  /** RFC 3339; undefined: nobody asked here. */
  readonly orderedAt: string | undefined
  readonly report: boolean | undefined
  readonly clear: boolean | undefined
  /** What has come so far. */
  text: string
  /** The last part has come. */
  complete: boolean
}

/** Requests that are remembered of a station. */
const mostRequests = 16
/** Characters; what is more is left out. */
const longestText = 65_536

/** CustomerInformation was accepted. */
export function customerInformationOrdered(
  order: { readonly requestId: number; readonly report: boolean; readonly clear: boolean },
  context: StationContext,
): void {
  const { requestId, report, clear } = order
  const orderedAt = isoTime(context.domain.clock.wallMs())
  keep({ requestId, orderedAt, report, clear, text: '', complete: false }, context)
}

/** A part has come. */
export function customerInformationTold(
  part: { readonly requestId: number; readonly data: string; readonly last: boolean },
  context: StationContext,
): void {
  const { requestId, data, last } = part
  const known = context.station.record.customerInformation?.findLast(
    (one) => one.requestId === requestId && !one.complete,
  )
  const record = known ?? keep(unordered(requestId), context)
  record.text = (record.text + data).slice(0, longestText)
  record.complete = last
  context.domain.stations.save(context.station.record)
}

function keep(
  request: CustomerInformationRecord,
  { station, domain }: StationContext,
): CustomerInformationRecord {
  const { record } = station
  record.customerInformation ??= []
  record.customerInformation.push(request)
  if (record.customerInformation.length > mostRequests) record.customerInformation.shift()
  domain.stations.save(record)
  return request
}

function unordered(requestId: number): CustomerInformationRecord {
  return {
    requestId,
    orderedAt: undefined,
    report: undefined,
    clear: undefined,
    text: '',
    complete: false,
  }
}
