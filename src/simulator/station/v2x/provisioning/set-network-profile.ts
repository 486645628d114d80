import type { SetNetworkProfileResponse } from 'typed-ocpp/dist/ocpp20/types.js'
import type { NetworkConnectionProfileType } from 'typed-ocpp/dist/ocpp21/types.js'
import type { Handler } from '../../../../ocpp/rpc/service.ts'
import type { Actions21 } from '../../../../ocpp/v21/actions.ts'
import type { Actions201 } from '../../../../ocpp/v201/actions.ts'
import type { Station2x } from '../station-2x.ts'
import type { Refusal } from './device-model/variable.ts'
import { networkProfiles } from './network-profiles.ts'
import { downgradeRefusal, protectionRefusal, urlRefusal } from './network-rules.ts'

/**
 * Keeps a connection profile in one of the slots. It is used when NetworkConfigurationPriority names
 * its slot and the station connects anew [2.0.1 B09].
 */
export const setNetworkProfile: Handler<Actions201, 'SetNetworkProfile', Station2x> = (
  { configurationSlot, connectionData },
  station,
) => keep(station, String(configurationSlot), connectionData)

/** 2.1 adds identity and passwords. */
export const setNetworkProfile21: Handler<Actions21, 'SetNetworkProfile', Station2x> = (
  { configurationSlot, connectionData },
  station,
) => keep(station, String(configurationSlot), connectionData)

function keep(
  station: Station2x,
  slot: string,
  profile: NetworkConnectionProfileType,
): SetNetworkProfileResponse {
  const refusal = slotRefusal(station, slot) ?? profileRefusal(station, profile)
  if (refusal) return { status: 'Rejected', statusInfo: refusal }
  // Before the values: what is connected goes on with what it was made with.
  networkProfiles.of(station)
  for (const [variable, value] of Object.entries(valuesOf(profile))) {
    station.model.set(`NetworkConfiguration[${slot}].${variable}`, value)
  }
  return { status: 'Accepted' }
}

/** [2.0.1 B09.FR.05] */
function slotRefusal({ model }: Station2x, slot: string): Refusal | undefined {
  const { spec } = model.table.get('OCPPCommCtrlr.NetworkConfigurationPriority') ?? {}
  return spec?.values?.includes(slot)
    ? undefined
    : { reasonCode: 'InvalidConfSlot', additionalInfo: `there is no slot ${slot}` }
}

/** [2.0.1 B09.FR.02, FR.04] */
function profileRefusal(
  station: Station2x,
  profile: NetworkConnectionProfileType,
): Refusal | undefined {
  const { ocppTransport, ocppCsmsUrl, messageTimeout, securityProfile } = profile
  if (ocppTransport !== 'JSON') return invalid('OCPP 2.x is JSON only')
  if (messageTimeout < 1) return invalid('messageTimeout must be at least 1')
  if (securityProfile > 3) return invalid(`there is no security profile ${securityProfile}`)
  return (
    urlRefusal(ocppCsmsUrl) ??
    protectionRefusal(ocppCsmsUrl, securityProfile) ??
    downgradeRefusal(station, securityProfile)
  )
}

function invalid(additionalInfo: string): Refusal {
  return { reasonCode: 'InvalidNetworkConf', additionalInfo }
}

/** By variable of NetworkConfiguration; what is not named any more is unset [2.1 B09.FR.09 to FR.12]. */
function valuesOf(profile: NetworkConnectionProfileType): Readonly<Record<string, string>> {
  const { vpn, apn } = profile
  return {
    OcppCsmsUrl: profile.ocppCsmsUrl,
    OcppInterface: profile.ocppInterface,
    OcppTransport: profile.ocppTransport,
    ...(profile.ocppVersion && { OcppVersion: profile.ocppVersion }),
    MessageTimeout: String(profile.messageTimeout),
    SecurityProfile: String(profile.securityProfile),
    Identity: profile.identity ?? '',
    BasicAuthPassword: profile.basicAuthPassword ?? '',
    VpnEnabled: String(vpn !== undefined),
    ...(vpn && {
      VpnType: vpn.type,
      VpnServer: vpn.server,
      VpnUser: vpn.user,
      VpnGroup: vpn.group ?? '',
      VpnPassword: vpn.password,
      VpnKey: vpn.key,
    }),
    ApnEnabled: String(apn !== undefined),
    ...(apn && {
      Apn: apn.apn,
      ApnUserName: apn.apnUserName ?? '',
      ApnPassword: apn.apnPassword ?? '',
      SimPin: String(apn.simPin ?? ''),
      PreferredNetwork: apn.preferredNetwork ?? '',
      UseOnlyPreferredNetwork: String(apn.useOnlyPreferredNetwork ?? false),
      ApnAuthentication: apn.apnAuthentication,
    }),
  }
}
