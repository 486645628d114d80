import { isoTime } from '../../shared/clock.ts'
import type { StationContext } from './domain.ts'

export interface StreamParameters {
  /** Seconds. */
  readonly interval?: number
  /** Values that are sent together. */
  readonly values?: number
}

/** A periodic event stream of a station of 2.1 [2.1 N11 to N15]. */
export interface EventStreamRecord {
  readonly id: number
  readonly monitorId: number
  params: StreamParameters
  /** RFC 3339. */
  readonly openedAt: string
  closedAt?: string
  /** Values that have come. */
  received: number
  /** The latest, oldest first. */
  values: { readonly at: string; readonly value: string }[]
}

/** A stream as the station tells it. */
interface OfferedStream {
  readonly id: number
  readonly monitorId: number
  readonly params: StreamParameters
}

/** Streams that are open at a time: more are refused. */
const mostOpen = 32
/** Closed ones are remembered. */
const mostStreams = 64
const mostValues = 100

/** The station offers a stream; false: there are too many. A station that booted offers its own anew. */
export function streamOffered(stream: OfferedStream, context: StationContext): boolean {
  const { station, domain } = context
  const { record } = station
  const others = (record.eventStreams ?? []).filter(({ id }) => id !== stream.id)
  if (others.filter(isOpen).length >= mostOpen) return false
  const openedAt = isoTime(domain.clock.wallMs())
  record.eventStreams = [...others, { ...stream, openedAt, received: 0, values: [] }].slice(
    -mostStreams,
  )
  domain.stations.save(record)
  return true
}

/** Of one that is not open: nothing. */
export function streamClosed(id: number, context: StationContext): void {
  change(id, context, (stream) => {
    stream.closedAt = isoTime(context.domain.clock.wallMs())
  })
}

/** Of one that is not open: nothing. */
export function streamAdjusted(
  id: number,
  params: StreamParameters,
  context: StationContext,
): void {
  change(id, context, (stream) => {
    stream.params = params
  })
}

/** Values of a stream, each with the instant at which it stood; of one that is not open: nothing. */
export function streamTold(
  id: number,
  values: readonly { readonly at: string; readonly value: string }[],
  context: StationContext,
): void {
  change(id, context, (stream) => {
    stream.received += values.length
    stream.values = [...stream.values, ...values].slice(-mostValues)
  })
}

/** The station said which streams are open: others are not, and these are, known or not. */
export function streamsListed(streams: readonly OfferedStream[], context: StationContext): void {
  for (const known of (context.station.record.eventStreams ?? []).filter(isOpen)) {
    const told = streams.find(({ id }) => id === known.id)
    if (!told) streamClosed(known.id, context)
    else if (told.monitorId === known.monitorId) streamAdjusted(known.id, told.params, context)
    else streamOffered(told, context)
  }
  for (const stream of streams) {
    const known = context.station.record.eventStreams?.find(({ id }) => id === stream.id)
    if (!known || !isOpen(known)) streamOffered(stream, context)
  }
}

function isOpen({ closedAt }: EventStreamRecord): boolean {
  return closedAt === undefined
}

function change(
  id: number,
  { station, domain }: StationContext,
  apply: (stream: EventStreamRecord) => void,
): void {
  const stream = station.record.eventStreams?.find((one) => one.id === id && isOpen(one))
  if (!stream) return
  apply(stream)
  domain.stations.save(station.record)
}
