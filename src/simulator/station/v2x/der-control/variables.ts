import type { EvsePlan } from '../../../scenario/plan.ts'
import { fixed, live, perEvse, settable } from '../provisioning/device-model/rows.ts'
import type { VariableSpec } from '../provisioning/device-model/variable.ts'
import type { Station2x } from '../station-2x.ts'
import { followedControls } from './grid-rules.ts'

/** A template may say less. */
const modes = followedControls.join(',')

const inverter =
  (current: EvsePlan['current']): NonNullable<VariableSpec['exists']> =>
  ({ services }, { id }) => {
    const plan = services.template.evses[id - 1]
    return plan?.dischargeW !== undefined && plan.current === current
  }
const ofDc = { ...perEvse, only: 'ocpp2.1', exists: inverter('DC') } as const
const ofAc = { ...perEvse, only: 'ocpp2.1', exists: inverter('AC') } as const

const planned =
  (
    of: (plan: EvsePlan, station: Station2x) => number | undefined,
  ): NonNullable<VariableSpec['read']> =>
  (station, { id }) => {
    const plan = station.services.template.evses[id - 1]
    return String((plan && of(plan, station)) ?? 0)
  }

/** The inverter of an EVSE on DC, or what an EV's own does on AC [2.1 R01.FR.01, R02, R03]. */
export const derVariables: readonly VariableSpec[] = [
  fixed('DCDERCtrlr.Available', 'boolean', 'true', ofDc),
  settable('DCDERCtrlr.Enabled', 'boolean', 'true', ofDc),
  fixed('DCDERCtrlr.ModesSupported', 'MemberList', modes, ofDc),
  live(
    'DCDERCtrlr.InverterManufacturer',
    'string',
    ({ services }) => services.template.vendor,
    ofDc,
  ),
  live('DCDERCtrlr.InverterModel', 'string', ({ services }) => services.template.model, ofDc),
  live(
    'DCDERCtrlr.InverterSerialNumber',
    'string',
    ({ services }) => services.serial ?? services.id,
    ofDc,
  ),
  live(
    'DCDERCtrlr.InverterSwVersion',
    'string',
    ({ services }) => services.template.firmware ?? '',
    ofDc,
  ),
  live(
    'DCDERCtrlr.MaxW',
    'decimal',
    planned(({ dischargeW }) => dischargeW),
    { ...ofDc, unit: 'W' },
  ),
  live(
    'DCDERCtrlr.MaxVA',
    'decimal',
    planned(({ dischargeW }) => dischargeW),
    { ...ofDc, unit: 'VA' },
  ),
  ...['MaxVar', 'MaxVarNeg'].map((name) =>
    live(
      `DCDERCtrlr.${name}`,
      'decimal',
      ({ services }, { id }) => String(Math.round(services.evse(id)?.outlet.mostVar ?? 0)),
      { ...ofDc, unit: 'var' },
    ),
  ),
  live(
    'DCDERCtrlr.MaxChargeRateW',
    'decimal',
    planned(({ maxPowerW }) => maxPowerW),
    {
      ...ofDc,
      unit: 'W',
    },
  ),
  live(
    'DCDERCtrlr.VNom',
    'decimal',
    planned((_plan, { services }) => services.template.voltage),
    {
      ...ofDc,
      unit: 'V',
    },
  ),
  fixed('ACDERCtrlr.Available', 'boolean', 'true', ofAc),
  settable('ACDERCtrlr.Enabled', 'boolean', 'true', ofAc),
  fixed('ACDERCtrlr.ModesSupported', 'MemberList', modes, ofAc),
]
