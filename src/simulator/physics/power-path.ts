import type { EvPlan, EvsePlan } from '../scenario/plan.ts'
import { phasesInUse } from './phases.ts'

/** A Type 2 cable of mode 3 charging, amperes per phase. */
const cableA = 32
/** The least a control pilot can offer, amperes per phase [IEC 61851-1 A.3]. */
const pilotMinimumA = 6

/**
 * Watts the path from grid to battery lets through, the battery's own acceptance left aside: the
 * smallest of EVSE, cable, EV and limit. A limit below 6 A per phase on AC lets nothing through.
 *
 * @param voltage phase to neutral; @param limitW of a charging profile, undefined = none
 */
export function pathPowerW(
  evse: EvsePlan,
  ev: EvPlan,
  voltage: number,
  limitW: number | undefined,
): number {
  const limit = limitW ?? Number.POSITIVE_INFINITY
  const hardware = Math.min(evse.maxPowerW, ev.maxPowerW)
  if (evse.current === 'DC') return Math.max(0, Math.min(hardware, limit))
  const phases = phasesInUse(evse, ev)
  if (limit < pilotMinimumA * phases * voltage) return 0
  const evseShareW = (evse.maxPowerW * phases) / evse.phases
  return Math.min(hardware, evseShareW, cableA * phases * voltage, limit)
}
