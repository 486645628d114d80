import type { StationRecord } from './station.ts'

/** One DataTransfer, whichever side began it [1.6 4.3, 5.6]. */
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

export function keepDataTransfer(record: StationRecord, transfer: DataTransferRecord): void {
  const shortened = { ...transfer, data: transfer.data?.slice(0, longestData) }
  record.dataTransfers = [...(record.dataTransfers ?? []), shortened].slice(-mostTransfers)
}
