import type { FleetPlan } from '../scenario/plan.ts'

/** Whether a script or a reaction of these fleets has this step, at any depth. */
export function usesStep(fleets: readonly FleetPlan[], name: string): boolean {
  return fleets.some(({ script, on }) => holdsStep([script, on], name))
}

/** Steps hold steps in their arguments, each in a way of its own. */
function holdsStep(value: unknown, name: string): boolean {
  if (typeof value !== 'object' || value === null) return false
  if ('step' in value && value.step === name) return true
  return Object.values(value).some((inner) => holdsStep(inner, name))
}
