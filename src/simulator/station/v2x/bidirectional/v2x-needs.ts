import type {
  EnergyTransferModeEnumType,
  NotifyEVChargingNeedsRequest,
} from 'typed-ocpp/dist/ocpp21/types.js'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'

const acModes = { 1: 'AC_single_phase', 2: 'AC_two_phase', 3: 'AC_three_phase' } as const

/** What a bidirectional EV asks for of what it may have, and what it can do [2.1 Q01.FR.03]. */
export function v2xNeeds(
  { services }: Station2x,
  { id, plan, outlet, ev }: Evse,
  allowed: readonly EnergyTransferModeEnumType[],
): NotifyEVChargingNeedsRequest {
  const both = plan.current === 'DC' ? 'DC_BPT' : 'AC_BPT'
  const oneWay = plan.current === 'DC' ? 'DC' : acModes[outlet.phases]
  const batteryWh = ev?.batteryWh ?? 0
  const storedWh = (outlet.soc ?? 0) * batteryWh
  const reserveWh = (ev?.discharge?.reserveSoc ?? 0) * batteryWh
  return {
    evseId: id,
    timestamp: services.wireTime(),
    chargingNeeds: {
      requestedEnergyTransfer: allowed.includes(both) ? both : oneWay,
      availableEnergyTransfer: [oneWay, both],
      controlMode: 'DynamicControl',
      mobilityNeedsMode: 'EVCC',
      v2xChargingParameters: {
        minChargePower: 0,
        maxChargePower: Math.round(Math.min(plan.maxPowerW, ev?.maxPowerW ?? plan.maxPowerW)),
        minDischargePower: 0,
        maxDischargePower: Math.round(outlet.mostBackW),
        evTargetEnergyRequest: Math.round(batteryWh - storedWh),
        evMaxEnergyRequest: Math.round(batteryWh - storedWh),
        evMinEnergyRequest: Math.round(reserveWh - storedWh),
        evMaxV2XEnergyRequest: Math.round(batteryWh - storedWh),
        evMinV2XEnergyRequest: Math.round(reserveWh - storedWh),
      },
    },
  }
}
