import { CallError } from '../../../ocpp/rpc/error-codes.ts'
import type { Configuration } from './configuration.ts'
import { profileOfAction } from './feature-profiles.ts'

const profiles = new Map(Object.entries(profileOfAction))

/**
 * Throws NotSupported for an action of a feature profile that the station does not have
 * [1.6 3.3, errata 3.39].
 */
export function checkProfile(action: string, settings: Configuration): void {
  const profile = profiles.get(action)
  if (profile === undefined || settings.supports(profile)) return
  throw new CallError('NotSupported', `${action} needs the feature profile ${profile}`)
}
