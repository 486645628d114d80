import type { FleetPlan } from '../scenario/plan.ts'

/** The fleet of the station with this run-wide index. */
export function fleetOf(fleets: readonly FleetPlan[], index: number): FleetPlan | undefined {
  return fleets.find(({ firstIndex, count }) => index >= firstIndex && index < firstIndex + count)
}

/** Its script does nothing but boot: played again and again it would only boot again and again. */
export function onlyBoots(fleet: FleetPlan | undefined): boolean {
  return fleet?.script.every(({ step }) => step === 'boot') ?? false
}
