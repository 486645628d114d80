import type { Actions16 } from '../../../ocpp/v16/actions.ts'

/** Names in the key SupportedFeatureProfiles [1.6 3.3, 9.1.29]. */
export const featureProfiles = [
  'Core',
  'FirmwareManagement',
  'LocalAuthListManagement',
  'Reservation',
  'SmartCharging',
  'RemoteTrigger',
] as const

export type FeatureProfile = (typeof featureProfiles)[number]

/**
 * The profile that a station must have to serve an action; without one it belongs to the core, or to
 * the security whitepaper, which names no profile. GetLocalListVersion, SendLocalList and ReserveNow
 * are not here: their own answers, -1, NotSupported and Rejected, say it [1.6 5.10, 5.13, 7.47].
 */
export const profileOfAction: Partial<Record<keyof Actions16, FeatureProfile>> = {
  CancelReservation: 'Reservation',
  ClearChargingProfile: 'SmartCharging',
  GetCompositeSchedule: 'SmartCharging',
  GetDiagnostics: 'FirmwareManagement',
  SetChargingProfile: 'SmartCharging',
  TriggerMessage: 'RemoteTrigger',
  UpdateFirmware: 'FirmwareManagement',
}

/** Reads a list of profiles; undefined if one is unknown or Core is missing. */
export function profileList(list: string): readonly FeatureProfile[] | undefined {
  const names = list.split(',').map((name) => name.trim())
  const known = featureProfiles.filter((profile) => names.includes(profile))
  return known.length === names.length && known[0] === 'Core' ? known : undefined
}
