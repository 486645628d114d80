import type { StationRecord } from './station.ts'

/** One DataTransfer, whichever side began it [1.6 4.3, 5.6] [2.0.1 P01, P02]. */
export interface DataTransferRecord {
  /** RFC 3339, of the CSMS. */
  readonly at: string
  readonly from: 'station' | 'csms'
  readonly vendorId: string
  readonly messageId: string | undefined
  /** The beginning of it. */
  readonly data: string | undefined
  readonly status: string
}

const mostTransfers = 20
const longestData = 1000

/** Keeps one, its data shortened; the oldest go first. */
export function keepDataTransfer(record: StationRecord, transfer: DataTransferRecord): void {
  const shortened = { ...transfer, data: transfer.data?.slice(0, longestData) }
  record.dataTransfers = [...(record.dataTransfers ?? []), shortened].slice(-mostTransfers)
}

/** 2.x data may be any JSON: a text as it is, the rest as it stood on the wire. */
export function shownData(data: unknown): string | undefined {
  if (data === undefined || typeof data === 'string') return data
  return JSON.stringify(data)
}
