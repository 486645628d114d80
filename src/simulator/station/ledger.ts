/** One transaction as the station itself knows it: its side of the books. */
export interface LedgerEntry {
  readonly stationId: string
  /** 1.6: as the CSMS gave it (a decimal number), empty if it never answered. 2.x: the station's. */
  transactionId: string
  readonly evse: number
  /** Wire times, ISO 8601. */
  readonly startedAt: string
  stoppedAt: string | undefined
  readonly meterStartWh: number
  /** Register now, or at the stop. */
  meterWh: number
  /** The CSMS answered the message that began it. */
  startAcknowledged: boolean
  /** The CSMS answered the message that ended it. */
  stopAcknowledged: boolean
  /** A transaction message was dropped after its last attempt [1.6 9.1.31] [2.0.1 E13]. */
  dropped: boolean
}
