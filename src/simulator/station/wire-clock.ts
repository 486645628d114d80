import { type Clock, isoTime } from '../../shared/clock.ts'

/** A smaller difference at a heartbeat is the network's, not the clock's. */
const toleranceMs = 1000

/** Further away RFC 3339 would soon run out of years, and what the station sends would not be valid. */
const latestMs = Date.UTC(9900, 0, 1)

/**
 * The station's own wall clock: simulated wall time before the first boot, then the CSMS's time plus
 * simulated time since. Later answers correct it at speed 1 only: on a faster clock the way of the
 * answer alone would make it jump.
 */
export class WireClock {
  readonly #simulated: Clock
  readonly #speed: number
  readonly #backdateMs: number
  #offsetMs = 0
  #set = false

  constructor(simulated: Clock, speed: number, backdateMs: number) {
    this.#simulated = simulated
    this.#speed = speed
    this.#backdateMs = backdateMs
  }

  /** Milliseconds since the epoch. */
  get ms(): number {
    return this.#simulated.wallMs() + this.#offsetMs
  }

  iso(): string {
    return isoTime(this.ms)
  }

  /**
   * Reads `currentTime` of a boot or a heartbeat; what is no time, or of no age of ours, is ignored.
   * @returns by how many ms it was set; 0 where the clock was right
   */
  adopt(currentTime: unknown): number {
    if (this.#set && this.#speed !== 1) return 0
    const theirs = typeof currentTime === 'string' ? Date.parse(currentTime) : Number.NaN
    if (!(theirs >= 0 && theirs <= latestMs)) return 0
    const difference = theirs - this.#backdateMs - this.ms
    const right = Math.abs(difference) <= toleranceMs
    if (this.#set && right) return 0
    this.#offsetMs += difference
    this.#set = true
    return right ? 0 : difference
  }
}
