import type { Registration, Station } from './station.ts'

/** How BootNotifications are answered. */
export interface BootPolicy {
  readonly status: Registration
  /** With Pending and Rejected: so many times, then Accepted. Default: always. */
  readonly times?: number
  /** Seconds until the station asks again while it is not accepted. Default: the heartbeat's. */
  readonly retryIntervalSeconds?: number
}

export interface RegistrationAnswer {
  readonly status: Registration
  /** Seconds: heartbeat interval where Accepted, wait before the next attempt otherwise. */
  readonly interval: number
}

/** Decides on a BootNotification and remembers the decision. [1.6 4.2] [2.0.1 B01, B02, B03] */
export function register(
  station: Station,
  policy: BootPolicy,
  heartbeatIntervalSeconds: number,
): RegistrationAnswer {
  const status = station.bootRefusals < (policy.times ?? Infinity) ? policy.status : 'Accepted'
  station.record.registration = status
  if (status === 'Accepted') {
    station.bootRefusals = 0
    station.triggered.clear()
    return { status, interval: heartbeatIntervalSeconds }
  }
  station.bootRefusals += 1
  return { status, interval: policy.retryIntervalSeconds ?? heartbeatIntervalSeconds }
}
