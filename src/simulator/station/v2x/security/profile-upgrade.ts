import type { Station2x } from '../station-2x.ts'

const priority = 'OCPPCommCtrlr.NetworkConfigurationPriority'

/**
 * The station got in with a higher security profile: connection profiles with lower ones are removed,
 * so that nothing leads back to them [2.0.1 A05.FR.06].
 */
export function leaveLowerProfiles({ model }: Station2x, profile: number): void {
  const slots = model.list(priority)
  const kept = slots.filter(
    (slot) => Number(model.text(`NetworkConfiguration[${slot}].SecurityProfile`)) >= profile,
  )
  if (kept.length === 0 || kept.length === slots.length) return
  model.set(priority, kept.join(','))
  for (const slot of slots) {
    if (!kept.includes(slot)) model.set(`NetworkConfiguration[${slot}].OcppCsmsUrl`, '')
  }
}
