import { isSecurityProfile } from '../../../../ocpp/security-profile.ts'
import type { Station2x } from '../station-2x.ts'
import type { Refusal } from './device-model/variable.ts'

/** The configuration slots of a csms station, at least two [2.0.1 B09.FR.06]. */
export const networkSlots: readonly string[] = ['1', '2', '3']

/** What is wrong with the address of a CSMS. */
export function urlRefusal(url: string): Refusal | undefined {
  return /^wss?:\/\/[^\s/?#@]+(\/[^\s?#]*)?$/i.test(url)
    ? undefined
    : invalid('the URL is not one of a WebSocket')
}

/**
 * Security only rises; 2.1 steps from 3 to 2 where AllowSecurityProfileDowngrade is true
 * [2.0.1 B09.FR.04] [2.1 B09.FR.31, FR.32, FR.35].
 */
export function downgradeRefusal(
  { services, model }: Station2x,
  profile: number,
): Refusal | undefined {
  const current = services.access.profile
  if (profile >= current) return undefined
  const allowed = model.flag('SecurityCtrlr.AllowSecurityProfileDowngrade')
  if (allowed && current === 3 && profile === 2) return undefined
  return {
    reasonCode: 'NoSecurityDowngrade',
    additionalInfo: `security profile ${current} is in use`,
  }
}

/** Why a station cannot connect with what a slot holds [2.0.1 B10.FR.02] [2.1 B09.FR.34]. */
function slotRefusal(station: Station2x, slot: string): Refusal | undefined {
  const { model } = station
  const of = (variable: string) => model.text(`NetworkConfiguration[${slot}].${variable}`)
  const url = of('OcppCsmsUrl')
  if (url === '') return invalid(`slot ${slot} is empty`)
  const profile = Number(of('SecurityProfile'))
  return (
    urlRefusal(url) ??
    protectionRefusal(url, profile) ??
    downgradeRefusal(station, profile) ??
    prerequisiteRefusal(station, profile, of('BasicAuthPassword') !== '')
  )
}

/**
 * What the station lacks for this security profile [2.0.1 A05.FR.02, A05.FR.03].
 * @param hasPassword the slot brings one of its own
 */
function prerequisiteRefusal(
  { services }: Station2x,
  profile: number,
  hasPassword: boolean,
): Refusal | undefined {
  if (!isSecurityProfile(profile) || profile <= services.access.profile) return undefined
  const lack = services.access.lackOf(profile, hasPassword)
  return lack === undefined ? undefined : invalid(lack)
}

/** Profiles 2 and 3 are TLS [2.0.1 A00]. */
export function protectionRefusal(url: string, profile: number): Refusal | undefined {
  return profile >= 2 && !/^wss:/i.test(url)
    ? invalid(`security profile ${profile} takes a wss URL`)
    : undefined
}

/** NetworkConfigurationPriority names slots that hold something [2.0.1 B10.FR.01, FR.02]. */
export function priorityRefusal(station: Station2x, value: string): Refusal | undefined {
  const before = station.model.list('OCPPCommCtrlr.NetworkConfigurationPriority')
  for (const slot of value.split(',').map((one) => one.trim())) {
    const refusal = before.includes(slot) ? undefined : slotRefusal(station, slot)
    if (refusal) return refusal
  }
  return undefined
}

function invalid(additionalInfo: string): Refusal {
  return { reasonCode: 'InvalidNetworkConf', additionalInfo }
}
