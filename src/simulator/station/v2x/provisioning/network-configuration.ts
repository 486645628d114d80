import type { Station2x } from '../station-2x.ts'
import { type Extra, live, row } from './device-model/rows.ts'
import type { Refusal, VariableSpec } from './device-model/variable.ts'
import { downgradeRefusal, networkSlots, urlRefusal } from './network-rules.ts'

const interfaces = 'Wired0,Wired1,Wired2,Wired3,Wireless0,Wireless1,Wireless2,Wireless3,Any'.split(
  ',',
)
const versions = ['OCPP12', 'OCPP15', 'OCPP16', 'OCPP20', 'OCPP201', 'OCPP21']

/**
 * The slots for connection profiles. Stations of 2.0.1 have them, too, but show only 2.1 as
 * variables [2.1 Part 2 2.1.8 NetworkConfiguration, B09.FR.08].
 */
export const networkConfiguration: readonly VariableSpec[] = networkSlots.flatMap(slotVariables)

function slotVariables(slot: string): readonly VariableSpec[] {
  const own = (
    variable: string,
    dataType: VariableSpec['dataType'],
    initial: string,
    extra: Extra = {},
  ) =>
    row(`NetworkConfiguration[${slot}].${variable}`, dataType, initial, {
      mutability: 'ReadWrite',
      exists: isShown,
      objection: (station) => lockedRefusal(station, slot),
      ...extra,
    })
  const secret = { mutability: 'WriteOnly' } as const
  return [
    csmsUrl(slot),
    own('OcppInterface', 'OptionList', 'Wired0', { values: interfaces }),
    own('OcppTransport', 'OptionList', 'JSON', { values: ['JSON'] }),
    own('OcppVersion', 'OptionList', 'OCPP21', { values: versions }),
    own('MessageTimeout', 'integer', '30', { unit: 's', min: 1, max: 86_400 }),
    securityProfile(slot),
    own('Identity', 'string', '', { max: 48 }),
    own('BasicAuthPassword', 'string', '', { ...secret, min: 16, max: 64 }),
    own('VpnEnabled', 'boolean', 'false'),
    own('VpnType', 'OptionList', 'IKEv2', { values: ['IKEv2', 'IPSec', 'L2TP', 'PPTP'] }),
    own('VpnServer', 'string', '', { max: 1000 }),
    own('VpnUser', 'string', '', { max: 50 }),
    own('VpnGroup', 'string', '', { max: 50 }),
    own('VpnPassword', 'string', '', { ...secret, max: 64 }),
    own('VpnKey', 'string', '', { ...secret, max: 255 }),
    own('ApnEnabled', 'boolean', 'false'),
    own('Apn', 'string', '', { max: 1000 }),
    own('ApnUserName', 'string', '', { max: 50 }),
    own('ApnPassword', 'string', '', { ...secret, max: 64 }),
    own('SimPin', 'string', '', { ...secret, max: 20 }),
    own('PreferredNetwork', 'string', '', { max: 6 }),
    own('UseOnlyPreferredNetwork', 'boolean', 'false'),
    own('ApnAuthentication', 'OptionList', 'AUTO', { values: ['PAP', 'CHAP', 'NONE', 'AUTO'] }),
  ]
}

/** The first slot is how the station came: where its fleet sends it. */
function csmsUrl(slot: string): VariableSpec {
  return live(
    `NetworkConfiguration[${slot}].OcppCsmsUrl`,
    'string',
    ({ services }) => (slot === networkSlots[0] ? services.access.csmsUrl : ''),
    {
      mutability: 'ReadWrite',
      max: 1000,
      exists: isShown,
      objection: (station, value) => lockedRefusal(station, slot) ?? urlRefusal(value),
    },
  )
}

function securityProfile(slot: string): VariableSpec {
  return live(
    `NetworkConfiguration[${slot}].SecurityProfile`,
    'integer',
    ({ services }) => (slot === networkSlots[0] ? String(services.access.fleetProfile) : '0'),
    {
      mutability: 'ReadWrite',
      min: 0,
      max: 3,
      exists: isShown,
      objection: (station, value) =>
        lockedRefusal(station, slot) ?? downgradeRefusal(station, Number(value)),
    },
  )
}

function isShown({ version }: Station2x): boolean {
  return version === 'ocpp2.1'
}

/** What a connection may need at any moment stays as it is [2.1 B09.FR.22]. */
function lockedRefusal({ model }: Station2x, slot: string): Refusal | undefined {
  return model.list('OCPPCommCtrlr.NetworkConfigurationPriority').includes(slot)
    ? { reasonCode: 'ActiveNetworkConf', additionalInfo: 'is of a slot in use' }
    : undefined
}
