import { type Limit, phaseRates } from '../../ocpp/smart-charging/limit.ts'
import type { EvPlan, EvsePlan } from '../scenario/plan.ts'
import { phasesInUse } from './phases.ts'

/** A Type 2 cable of mode 3 charging, amperes per phase. */
const cableA = 32
/** The least a control pilot can offer, amperes per phase [IEC 61851-1 A.3]. */
const pilotMinimumA = 6
/** Less than any meter shows, W: what rounding may take from a limit that was divided. */
const dustW = 1e-6

/**
 * Watts the path from grid to battery lets through, the battery's own acceptance left aside: the
 * smallest of EVSE, cable, EV and limit. A limit below what the EV can or should charge with lets
 * nothing through.
 *
 * @param voltage phase to neutral
 */
export function pathPowerW(evse: EvsePlan, ev: EvPlan, voltage: number, limit: Limit): number {
  const phases = phasesInUse(evse, ev, limit.phases)
  const apart = phasePowersW(evse, ev, voltage, limit)
  if (apart) return apart.reduce((sum, watts) => sum + watts, 0)
  const offeredW = offeredPowerW(limit, phases, voltage)
  if (offeredW < leastPowerW(evse, ev, voltage, limit) - dustW) return 0
  return Math.min(offeredW, hardwareW(evse, ev, voltage, phases))
}

/**
 * Watts of each phase in use, where the limit tells them apart: for EVs of ISO 15118-20, which no
 * control pilot holds to 6 A. Undefined where it does not.
 */
export function phasePowersW(
  evse: EvsePlan,
  ev: EvPlan,
  voltage: number,
  limit: Limit,
): readonly number[] | undefined {
  if (evse.current === 'DC') return undefined
  const phases = phasesInUse(evse, ev, limit.phases)
  const mostW = hardwareW(evse, ev, voltage, phases) / phases
  const apart = phaseRates({ ...limit, phases }, 'W', voltage)
  return apart?.map((watts) => Math.max(0, Math.min(watts, mostW)))
}

/** The smallest that a limit says; negative where it makes the EV give back. */
export function offeredPowerW({ watts, amps }: Limit, phases: number, voltage: number): number {
  return Math.min(watts, amps * phases * voltage)
}

/** Watts that EV and EVSE can send back at most; 0 where one of them cannot. No pilot limits it. */
export function backPowerW(evse: EvsePlan, ev: EvPlan, voltage: number, phases: number): number {
  const hardware = Math.min(evse.dischargeW ?? 0, ev.discharge?.maxPowerW ?? 0)
  return evse.current === 'DC' ? hardware : Math.min(hardware, cableA * phases * voltage)
}

/**
 * The least that a limit must leave for energy to flow: 6 A per phase on AC, or minChargingRate as
 * far as the EV reaches it at all.
 */
export function leastPowerW(evse: EvsePlan, ev: EvPlan, voltage: number, limit: Limit): number {
  const phases = phasesInUse(evse, ev, limit.phases)
  const perAmpW = phases * voltage
  const wantedW = Math.max(limit.minWatts, limit.minAmps * perAmpW)
  const pilotW = evse.current === 'DC' ? 0 : pilotMinimumA * perAmpW
  return Math.max(pilotW, Math.min(wantedW, hardwareW(evse, ev, voltage, phases)))
}

/** What an EVSE could give to any EV [1.6 5.7: local limits]. */
export function evseLimit({ maxPowerW, phases, current }: EvsePlan): Limit {
  const amps = current === 'DC' ? Number.POSITIVE_INFINITY : cableA
  return { watts: maxPowerW, amps, phases, minWatts: 0, minAmps: 0 }
}

function hardwareW(evse: EvsePlan, ev: EvPlan, voltage: number, phases: number): number {
  const hardware = Math.min(evse.maxPowerW, ev.maxPowerW)
  if (evse.current === 'DC') return hardware
  return Math.min(hardware, (evse.maxPowerW * phases) / evse.phases, cableA * phases * voltage)
}
