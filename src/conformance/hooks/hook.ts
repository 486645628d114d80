import type { OcppVersion } from '../../ocpp/version.ts'

/** A CALL that the CSMS is to be made to send. */
export interface Order {
  readonly stationId: string
  readonly version: OcppVersion
  readonly action: string
  readonly payload: object
}

/**
 * What came of an order. `accepted` means that the CSMS took the job, no more: only frames are
 * evidence, whatever a hook says.
 */
export type HookAnswer =
  | { readonly kind: 'accepted' }
  | { readonly kind: 'failed'; readonly reason: string }
  /** It cannot be made to send this CALL, whoever asks: there is nothing to judge. */
  | { readonly kind: 'unable'; readonly reason: string }

/** A way to make a CSMS act. */
export interface Hook {
  /** For people: `the operator's API at http://…`. */
  readonly name: string
  /** Whether it knows how to order this action. */
  can(version: OcppVersion, action: string): boolean
  /**
   * Never rejects. May take until the station has answered: many APIs wait for that, so whoever orders
   * must not wait for the hook before it answers the CALL.
   */
  order(order: Order): Promise<HookAnswer>
  /** How long the CALL may take to come, milliseconds; undefined: as long as the run says. */
  patienceMs?(version: OcppVersion, action: string): number | undefined
}
