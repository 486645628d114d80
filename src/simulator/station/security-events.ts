import type { StationServices } from './behaviour.ts'
import { Notices } from './notices.ts'

/** One line of a station's security log. */
export interface SecurityLogEntry {
  /** As the version spells it. */
  readonly type: string
  /** Wire time, RFC 3339. */
  readonly timestamp: string
  readonly techInfo?: string
}

/** The log is rolling [1.6 SWP A04.FR.04]. */
const longestLog = 200
/** `techInfo` holds so many characters. */
const longestInfo = 255

/**
 * The security events of one station: all of them in its log, and those that the CSMS is to hear sent
 * as SecurityEventNotification, in order; what happens offline follows later [1.6 SWP A04.FR.02].
 */
export class SecurityEvents {
  readonly #station: StationServices
  readonly #pushed: (type: string) => boolean
  readonly #notices: Notices

  /** @param pushed whether the CSMS is to hear of this kind */
  constructor(station: StationServices, pushed: (type: string) => boolean) {
    this.#station = station
    this.#pushed = pushed
    this.#notices = new Notices(station)
  }

  /** @param techInfo never a secret: it is logged and sent [1.6 SWP A01.FR.12] */
  report(type: string, techInfo?: string): void {
    const entry: SecurityLogEntry = {
      type,
      timestamp: this.#station.wireTime(),
      ...(techInfo !== undefined && { techInfo: techInfo.slice(0, longestInfo) }),
    }
    const { memory } = this.#station
    memory.securityLog ??= []
    memory.securityLog.push(entry)
    if (memory.securityLog.length > longestLog) memory.securityLog.shift()
    if (this.#pushed(type)) void this.#notices.add('SecurityEventNotification', entry)
  }

  /** The CSMS is in reach again. */
  resume(): void {
    this.#notices.resume()
  }
}
