import type { TxStartPoint, TxStopPoint } from '../../../scenario/plan.ts'

/** The physical facts that decide when a transaction begins and ends. */
export interface Facts {
  /** A cable joins an EV to the EVSE; csms has no bay sensor, so an EV is in the bay with it. */
  readonly connected: boolean
  readonly authorized: boolean
  readonly energy: boolean
}

/** When each point holds [2.0.1 TxStartPoint, TxStopPoint]. */
const holds: Readonly<Record<TxStartPoint, (facts: Facts) => boolean>> = {
  ParkingBayOccupancy: (facts) => facts.connected,
  EVConnected: (facts) => facts.connected,
  Authorized: (facts) => facts.authorized,
  /** All preconditions for power to flow: the logical AND of the two before. */
  PowerPathClosed: (facts) => facts.connected && facts.authorized,
  EnergyTransfer: (facts) => facts.energy,
  /** The meter signs its first value as energy begins to flow. */
  DataSigned: (facts) => facts.energy,
}

/**
 * A transaction begins as soon as one of its start points comes to hold [2.0.1 E01]. Where
 * one holds already (the last transaction ended and the cable stayed), it begins with the driver's
 * authorisation or the energy. So energy never flows outside a transaction.
 */
export function begins(points: readonly TxStartPoint[], before: Facts, after: Facts): boolean {
  const resumes = (after.authorized && !before.authorized) || (after.energy && !before.energy)
  return points.some((point) => holds[point](after) && (resumes || !holds[point](before)))
}

/**
 * A transaction ends as soon as one of its stop points ceases to hold [2.0.1 E06], and at
 * the latest when there is neither EV nor driver: a stop point that never held cannot cease to.
 */
export function ends(points: readonly TxStopPoint[], before: Facts, after: Facts): boolean {
  if (points.some((point) => holds[point](before) && !holds[point](after))) return true
  return !after.connected && !after.authorized
}
