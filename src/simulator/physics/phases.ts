import type { EvPlan, EvsePlan } from '../scenario/plan.ts'

/** A phase of the grid: L1, L2, L3. */
export type Phase = 1 | 2 | 3

/**
 * Phases that carry current: on AC those that the EVSE and the on-board charger have and the limit
 * leaves, on DC all phases that feed the EVSE, whatever the EV is.
 */
export function phasesInUse(evse: EvsePlan, ev: EvPlan | undefined, most: Phase = 3): Phase {
  if (evse.current === 'DC') return evse.phases
  const offered = evse.phases < most ? evse.phases : most
  return ev && ev.phases < offered ? ev.phases : offered
}

/**
 * Amperes on one phase when `powerW` is spread evenly over the phases in use.
 *
 * @param only which one carries it all, where it is one and somebody chose
 */
export function phaseCurrentA(
  powerW: number,
  voltage: number,
  inUse: Phase,
  phase: Phase,
  only?: Phase,
): number {
  const carries = inUse === 1 && only !== undefined ? phase === only : phase <= inUse
  return carries ? powerW / (inUse * voltage) : 0
}
