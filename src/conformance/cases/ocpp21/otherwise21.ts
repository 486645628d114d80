import type { Otherwise } from './inherited21.ts'

/** The control of energy from outside the CSMS is a feature of its own [2.1 Part 5 4.4]. */
const energyManagement: Otherwise = { profile: 'Smart Charging', feature: 'SC-10' }

/** The cases of 2.0.1 that 2.1 has otherwise, by id: what Parts 5 and 6 of 2.1 say of them. */
export const otherwise21: Readonly<Record<string, Otherwise>> = {
  K_48: energyManagement,
  K_50: energyManagement,
  K_51: energyManagement,
  K_52: energyManagement,
}
