import type { Cancel } from '../../shared/cancel.ts'

/** What comes over a station from outside its script: the events of the timeline. */
export interface Interruptions {
  /** How many have come so far. */
  readonly count: number
  /** One has come and is not over. */
  readonly inForce: boolean
  /**
   * A script, or a round of a loop, was broken off. Resolves when the station is fit for another: the
   * event is over, the station online, nobody's car plugged in. False: that will not be.
   */
  recover(cancel: Cancel): Promise<boolean>
}
