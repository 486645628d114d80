import type { EvPlan, EvsePlan } from '../scenario/plan.ts'

/** A phase of the grid: L1, L2, L3. */
export type Phase = 1 | 2 | 3

/**
 * Phases that carry current: on AC those that both the EVSE and the on-board charger have, on DC all
 * phases that feed the EVSE, whatever the EV is.
 */
export function phasesInUse(evse: EvsePlan, ev: EvPlan | undefined): Phase {
  if (evse.current === 'DC' || !ev) return evse.phases
  return evse.phases < ev.phases ? evse.phases : ev.phases
}

/** Amperes on one phase when `powerW` is spread evenly over the phases in use. */
export function phaseCurrentA(powerW: number, voltage: number, inUse: Phase, phase: Phase): number {
  return phase <= inUse ? powerW / (inUse * voltage) : 0
}
