import type {
  ChargingNeedsType,
  NotifyEVChargingNeedsRequest,
} from 'typed-ocpp/dist/ocpp21/types.js'
import { isoTime } from '../../../../shared/clock.ts'
import type { EvNeeds, EvPlan } from '../../../scenario/plan.ts'
import type { Evse } from '../../evse.ts'
import type { Station2x } from '../station-2x.ts'

/** The least that a control pilot offers, A [IEC 61851-1 A.3]. */
const leastA = 6
/** What EVs of csms take on DC, V. */
const mostDcVolts = 920

/** NotifyEVChargingNeeds as an EV at this EVSE would have it [2.0.1 K15.FR.01] [2.1 K18, K19]. */
export function needsRequest(
  station: Station2x,
  evse: Evse,
  ev: EvPlan,
  needs: EvNeeds,
): NotifyEVChargingNeedsRequest {
  const { maxScheduleTuples } = needs
  return {
    evseId: evse.id,
    ...(maxScheduleTuples !== undefined && { maxScheduleTuples }),
    chargingNeeds: chargingNeeds(station, evse, ev, needs),
  }
}

/** Wh that the EV wants: what it said, else what its battery lacks. */
export function wantedWh(evse: Evse, ev: EvPlan, needs: EvNeeds): number {
  const { outlet } = evse
  if (needs.energyWh !== undefined) return Math.max(0, needs.energyWh - outlet.sessionWh)
  return ev.batteryWh * (1 - (outlet.soc ?? 0))
}

function chargingNeeds(
  { services, version }: Station2x,
  evse: Evse,
  ev: EvPlan,
  needs: EvNeeds,
): ChargingNeedsType {
  const { departureMs, control, byPhase } = needs
  const energyAmount = Math.round(wantedWh(evse, ev, needs))
  const direct = evse.plan.current === 'DC'
  const { voltage } = services.template
  const is20 = version === 'ocpp2.1' && control !== undefined
  return {
    requestedEnergyTransfer: direct ? 'DC' : acTransfers[ev.phases],
    ...(departureMs !== undefined && { departureTime: isoTime(services.wireMs() + departureMs) }),
    ...(direct
      ? { dcChargingParameters: dcParameters(evse, ev, energyAmount) }
      : is20 && byPhase
        ? { v2xChargingParameters: phaseParameters(ev, energyAmount) }
        : {
            acChargingParameters: {
              energyAmount,
              evMinCurrent: leastA,
              evMaxCurrent: Math.round(ev.maxPowerW / (ev.phases * voltage)),
              evMaxVoltage: Math.round(ev.phases === 1 ? voltage : voltage * Math.sqrt(3)),
            },
          }),
    ...(is20 && {
      controlMode: control === 'dynamic' ? 'DynamicControl' : 'ScheduledControl',
      mobilityNeedsMode: 'EVCC',
    }),
  }
}

/** By the phase, so that the CSMS may limit each for itself [2.1 K01.FR.142]. */
function phaseParameters({ maxPowerW, phases }: EvPlan, energyWh: number) {
  const watts = Math.round(maxPowerW / phases)
  return {
    minChargePower: 0,
    maxChargePower: watts,
    ...(phases > 1 && { minChargePower_L2: 0, maxChargePower_L2: watts }),
    ...(phases > 2 && { minChargePower_L3: 0, maxChargePower_L3: watts }),
    evTargetEnergyRequest: energyWh,
  }
}

const acTransfers = {
  1: 'AC_single_phase',
  2: 'AC_two_phase',
  3: 'AC_three_phase',
} as const

function dcParameters(evse: Evse, ev: EvPlan, energyAmount: number) {
  return {
    evMaxCurrent: Math.round(ev.maxPowerW / (mostDcVolts / 2)),
    evMaxVoltage: mostDcVolts,
    energyAmount,
    evMaxPower: Math.round(ev.maxPowerW),
    stateOfCharge: Math.round((evse.outlet.soc ?? 0) * 100),
    evEnergyCapacity: Math.round(ev.batteryWh),
    fullSoC: 100,
    bulkSoC: Math.round(ev.taperFrom * 100),
  }
}
