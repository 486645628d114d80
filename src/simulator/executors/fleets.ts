import type { FleetPlan } from '../scenario/plan.ts'

/** Whether the station with this run-wide index belongs to the fleet. */
export function isOfFleet(
  { firstIndex, count }: Pick<FleetPlan, 'firstIndex' | 'count'>,
  index: number,
): boolean {
  return index >= firstIndex && index < firstIndex + count
}

/** The fleet of the station with this run-wide index. */
export function fleetOf(fleets: readonly FleetPlan[], index: number): FleetPlan | undefined {
  return fleets.find((fleet) => isOfFleet(fleet, index))
}

/** Its script does nothing but boot: played again and again it would only boot again and again. */
export function onlyBoots(fleet: FleetPlan | undefined): boolean {
  return fleet?.script.every(({ step }) => step === 'boot') ?? false
}
