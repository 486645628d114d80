/** One step of something that takes its time at a station. */
export interface Progress {
  /** As the wire spells it. */
  readonly status: string
  /** RFC 3339. */
  readonly at: string
  /** 2.1: why, as the station says it. */
  readonly reason?: string
}

/** What a message says of its status [2.1 StatusInfoType]. */
export interface StatusInfo {
  readonly reasonCode: string
  readonly additionalInfo?: string
}

const longestProgress = 32

/** Adds a step; the oldest goes where there are too many. */
export function progressed(
  steps: Progress[],
  status: string,
  at: string,
  statusInfo?: StatusInfo,
): void {
  const reason = statusInfo && (statusInfo.additionalInfo ?? statusInfo.reasonCode)
  steps.push({ status, at, ...(reason !== undefined && { reason }) })
  if (steps.length > longestProgress) steps.shift()
}
